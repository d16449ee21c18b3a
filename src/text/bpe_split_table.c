/*
 * What a splitter makes of two bytes. Rows: the first byte, columns: the
 * second, both in the order of PM_BYTE_LOW and so on.
 */
#include "text/bpe_split_inline.h"

/* clang-format off */
#define W PM_PIECE_IS_WORD
#define O PM_PIECE_IS_ONE
#define S PM_PIECE_IS_SIGNS
#define D PM_PIECE_IS_DIGITS
#define X PM_PIECE_IS_UNCLEAR

/*   a  A  1     \t \n '  !  high */
#define CL100K(NUMBER) {                             \
    {W, W, W, W, W, W, W, W, W}, /* a */             \
    {W, W, W, W, W, W, W, W, W}, /* A */             \
    {O, O, NUMBER, O, O, O, O, O, X}, /* 1 */        \
    {W, W, O, X, X, X, S, S, X}, /* the space */     \
    {W, W, O, X, X, X, O, O, X}, /* \\t */           \
    {O, O, O, X, X, X, O, O, X}, /* \\n */           \
    {X, X, O, O, O, S, S, S, X}, /* ' */             \
    {W, W, O, O, O, S, S, S, X}, /* ! */             \
    {X, X, X, X, X, X, X, X, X}}

const uint8_t pm_piece_kind[][PM_BYTE_KINDS][PM_BYTE_KINDS] = {
    [PM_BPE_R50K] = {
    {W, W, W, W, W, W, W, W, W},
    {W, W, W, W, W, W, W, W, W},
    {O, O, D, O, O, O, O, O, X},
    {W, W, D, X, X, X, S, S, X},
    {O, O, O, X, X, X, O, O, X},
    {O, O, O, X, X, X, O, O, X},
    {X, X, O, O, O, O, S, S, X},
    {O, O, O, O, O, O, S, S, X},
    {X, X, X, X, X, X, X, X, X}},
    [PM_BPE_CL100K] = CL100K(D),
    [PM_BPE_QWEN2] = CL100K(O),
    [PM_BPE_O200K] = {
    {W, W, W, W, W, W, W, W, W},
    {W, W, W, W, W, W, W, W, W},
    {O, O, D, O, O, O, O, O, X},
    {W, W, O, X, X, X, S, S, X},
    {W, W, O, X, X, X, O, O, X},
    {O, O, O, X, X, X, O, O, X},
    {W, W, O, O, O, S, S, S, X},
    {W, W, O, O, O, S, S, S, X},
    {X, X, X, X, X, X, X, X, X}},
};

#undef W
#undef O
#undef S
#undef D
#undef X

#define L PM_BYTE_LOW
#define U PM_BYTE_UPPER
#define D PM_BYTE_DIGIT
#define P PM_BYTE_SPACE
#define B PM_BYTE_BLANK
#define N PM_BYTE_NEWLINE
#define Q PM_BYTE_QUOTE
#define S PM_BYTE_SIGN
#define H PM_BYTE_HIGH
#define H16 H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H

const uint8_t pm_byte_kind[256] = {
    S, S, S, S, S, S, S, S, S, B, N, B, B, N, S, S,
    S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S,
    P, S, S, S, S, S, S, Q, S, S, S, S, S, S, S, S,
    D, D, D, D, D, D, D, D, D, D, S, S, S, S, S, S,
    S, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U,
    U, U, U, U, U, U, U, U, U, U, U, S, S, S, S, S,
    S, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
    L, L, L, L, L, L, L, L, L, L, L, S, S, S, S, S,
    H16, H16, H16, H16, H16, H16, H16, H16,
};
