#ifndef CCURL_H
#define CCURL_H

#include <curl/curl.h>

/*
 * Swift cannot call C functions with variable arguments, and libcurl sets and reads every option through one.
 * Each function here is one call of libcurl with the argument's type fixed; nothing else happens in this target.
 * https://curl.se/libcurl/c/curl_easy_setopt.html
 */

typedef size_t (*ccurl_data_callback)(char *data, size_t size, size_t count, void *context);
typedef int (*ccurl_seek_callback)(void *context, curl_off_t offset, int origin);
typedef int (*ccurl_socket_callback)(void *context, curl_socket_t socket, curlsocktype purpose);

CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value);
CURLcode ccurl_set_offset(CURL *easy, CURLoption option, curl_off_t value);
CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value);
CURLcode ccurl_set_list(CURL *easy, CURLoption option, struct curl_slist *value);
CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, void *value);
CURLcode ccurl_set_data_callback(CURL *easy, CURLoption option, ccurl_data_callback callback);
CURLcode ccurl_set_seek_callback(CURL *easy, ccurl_seek_callback callback);
CURLcode ccurl_set_socket_callback(CURL *easy, ccurl_socket_callback callback);

/* https://curl.se/libcurl/c/curl_easy_getinfo.html */
CURLcode ccurl_get_pointer(CURL *easy, CURLINFO info, void **value);

/* https://curl.se/libcurl/c/curl_multi_setopt.html */
CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value);

/* The result inside a CURLMSG_DONE message, which C keeps in a union. */
CURLcode ccurl_message_result(const CURLMsg *message);

#endif
