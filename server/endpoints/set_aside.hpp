#pragma once

#include <string>

#include "server/answer.hpp"
#include "server/endpoints/change_store.hpp"
#include "server/request.hpp"

namespace riskbild::server {

/// `GET /api/v1/set-aside`: a page of the desk.
struct SetAsideEndpoint {
    ReadStore read;
    Answer operator()(Request const& request) const;
};

/// `GET /api/v1/set-aside/{id}`: one row with its columns.
struct DeskRowEndpoint {
    ReadStore read;
    Answer operator()(std::string const& id, Request const& request) const;
};

/// `PUT /api/v1/set-aside/{id}/correction`: new values beside the row as received.
struct CorrectRowEndpoint {
    ChangeStore change;
    Answer operator()(std::string const& id, Request const& request) const;
};

/// `POST /api/v1/set-aside/retry`: takes rows in again.
struct RetryRowsEndpoint {
    ChangeStore change;
    Answer operator()(Request const& request) const;
};

/// `POST /api/v1/set-aside/drop`: takes rows off the list, also for later imports.
struct DropRowsEndpoint {
    ChangeStore change;
    Answer operator()(Request const& request) const;
};

/// `POST /api/v1/set-aside/{id}/undo`: one step back.
struct UndoRowEndpoint {
    ChangeStore change;
    Answer operator()(std::string const& id, Request const& request) const;
};

}  // namespace riskbild::server
