// libxml2 for Swift: the parser alone, without tree, XPath or network modules.
#pragma once
#include <libxml/parser.h>
#include <libxml/SAX2.h>
#include <libxml/xmlerror.h>
