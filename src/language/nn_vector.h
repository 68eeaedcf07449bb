#ifndef STANCE_NN_VECTOR_H
#define STANCE_NN_VECTOR_H

/* Vectors of eight numbers, in the notation that GCC and Clang share. A function marked SG_CLONES
 * is compiled once for AVX2 and once for any machine, and the loader picks; both compute the same
 * bits. The sanitizers start after the picking, and Clang 14 names the picked symbol in a way that
 * other files do not find, so those builds have one version. */

#include <stdint.h>

typedef float sg_v8 __attribute__((vector_size(32), aligned(4), may_alias));
typedef int32_t sg_i8 __attribute__((vector_size(32), aligned(4), may_alias));

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) &&                             \
    !defined(__SANITIZE_ADDRESS__)
# define SG_CLONES __attribute__((target_clones("avx2", "default")))
#else
# define SG_CLONES
#endif
#define SG_INLINE static inline __attribute__((always_inline))

#define SG_LOAD(p)     (*(const sg_v8 *) (const void *) (p))
#define SG_STORE(p, v) (*(sg_v8 *) (void *) (p) = (v))

#endif
