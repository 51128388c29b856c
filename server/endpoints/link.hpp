#pragma once

#include "geo_core/view.hpp"
#include "server/answer.hpp"
#include "server/endpoints/change_store.hpp"
#include "server/request.hpp"

namespace riskbild::server {

/// `GET /api/v1/link/review`: pairs of reports for somebody to look at, the likeliest first.
struct LinkReviewEndpoint {
    View const& view;
    ReadStore read;
    Answer operator()(Request const& request) const;
};

/// `GET /api/v1/link/comparison`: two reports beside each other, with why they are or are not one event.
struct LinkComparisonEndpoint {
    View const& view;
    ReadStore read;
    Answer operator()(Request const& request) const;
};

/// `GET /api/v1/link/verdicts`: all that people decided.
struct LinkVerdictsEndpoint {
    ReadStore read;
    Answer operator()(Request const& request) const;
};

/// `POST /api/v1/link/verdicts`: joins or parts two reports for good.
struct DecideLinkEndpoint {
    View const& view;
    ChangeStore change;
    Answer operator()(Request const& request) const;
};

/// `POST /api/v1/link/verdicts/withdraw`: as if it had never been decided.
struct WithdrawLinkEndpoint {
    View const& view;
    ChangeStore change;
    Answer operator()(Request const& request) const;
};

}  // namespace riskbild::server
