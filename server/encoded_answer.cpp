#include "server/encoded_answer.hpp"

#include "server/header_values.hpp"
#include "server/respond.hpp"

namespace riskbild::server {

Answer encoded_answer(EncodedBytes const& bytes, Caching caching, Request const& request)
{
    Answer answer;
    answer.content_type = bytes.content_type;
    answer.caching = caching;
    answer.keeps = bytes.keeps;
    answer.etag = bytes.etag;
    answer.varies_by_encoding = !bytes.gzip.empty();
    answer.gzip = !bytes.gzip.empty() && accepts_gzip(request.accept_encoding);
    answer.borrowed = answer.gzip ? bytes.gzip : bytes.identity;
    if (answer.gzip)
        answer.etag.insert(answer.etag.size() - 1, "-gz");
    return unless_known(std::move(answer), request.if_none_match);
}

}  // namespace riskbild::server
