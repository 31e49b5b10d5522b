// How the C library keeps memory, which Swift's Glibc module leaves out.
#pragma once
#include <malloc.h>
