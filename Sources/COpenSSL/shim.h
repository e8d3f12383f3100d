#ifndef COPENSSL_SHIM_H
#define COPENSSL_SHIM_H

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/rand.h>
#include <openssl/err.h>
#include <openssl/crypto.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

/* XN_FLAG_ONELINE is made of macros that Swift does not import. */
static const unsigned long ocu_name_flags = XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB;

#endif
