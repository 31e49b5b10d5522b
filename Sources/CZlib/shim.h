// zlib for Swift: the macros that Swift cannot call, as functions.
#pragma once
#include <zlib.h>
