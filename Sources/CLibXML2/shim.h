// libxml2 for Swift: the parser alone, without tree, XPath or network modules.
#pragma once
#include <libxml/xmlversion.h>
// Without ICU's headers: Foundation brings others of the same names, and a program may see only one
// kind. They change nothing but the end of structures that are never made here.
#undef LIBXML_ICU_ENABLED
#include <libxml/SAX2.h>
#include <libxml/catalog.h>
#include <libxml/dict.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlIO.h>
#include <libxml/xmlerror.h>
#include <string.h>

/// Takes messages that bypass the structured error callback; they would go to stderr otherwise.
static inline void rowgate_xml_discard_message(void *context, const char *message, ...) {
    (void)context;
    (void)message;
}

/// Opens nothing, whatever a document asks for.
static inline xmlParserInputPtr rowgate_xml_deny_external(
    const char *url, const char *id, xmlParserCtxtPtr context) {
    (void)url;
    (void)id;
    (void)context;
    return NULL;
}

/// Prepares the library for the whole process: no external entities, no catalogs, no output.
static inline void rowgate_xml_prepare_process(void) {
    xmlInitParser();
    xmlCatalogSetDefaults(XML_CATA_ALLOW_NONE);
    xmlSetExternalEntityLoader(rowgate_xml_deny_external);
    xmlThrDefSetGenericErrorFunc(NULL, rowgate_xml_discard_message);
}

/// Silences this thread, which may be older than the call above.
static inline void rowgate_xml_silence_thread(void) {
    xmlSetGenericErrorFunc(NULL, rowgate_xml_discard_message);
}

/// Reads a whole document where it lies in memory. The context must not have read anything.
///
/// - bytes: end with a NUL, which is not of the document and tells libxml2 where it ends.
/// - size: without that NUL.
static inline int rowgate_xml_parse_memory(
    xmlParserCtxtPtr context, const char *bytes, size_t size) {
    // Behind the root a NUL would end the document, whatever comes after it.
    if (strlen(bytes) != size) return -1;
    xmlCtxtReset(context);
    xmlParserInputPtr input = xmlNewInputStream(context);
    if (input == NULL) return -1;
    input->base = (const xmlChar *)bytes;
    input->cur = input->base;
    input->end = input->base + size;
    if (inputPush(context, input) < 0) {
        xmlFreeInputStream(input);
        return -1;
    }
    return xmlParseDocument(context);
}
