#pragma once

#include "server/answer.hpp"
#include "server/endpoints/change_store.hpp"
#include "server/request.hpp"

namespace riskbild::server {

/// `POST /api/v1/set-aside/discard`: forgets rows that were set aside, of a source, a file, or both.
struct DiscardSetAsideEndpoint {
    ChangeStore change;

    Answer operator()(Request const& request) const;
};

}  // namespace riskbild::server
