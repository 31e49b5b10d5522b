// zlib for Swift: the macros that Swift cannot call, as functions.
#pragma once
#include <zlib.h>

// Raw deflate streams, without zlib's or gzip's own header: what ZIP holds (RFC 1951).
static inline int rowgate_inflate_init_raw(z_stream *stream) {
    return inflateInit2(stream, -MAX_WBITS);
}

// 8 is zlib's own choice of memory for matches (256 KiB in all); 9 was no faster.
static inline int rowgate_deflate_init_raw(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
}
