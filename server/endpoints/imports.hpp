#pragma once

#include <string>

#include "geo_core/snapshot.hpp"
#include "server/answer.hpp"
#include "server/imports.hpp"
#include "server/request.hpp"

namespace riskbild::server {

/// `POST /api/v1/imports?name=…`: a file to be taken in, and what it seems to be.
struct ReceiveImportEndpoint {
    Imports& imports;
    County const& county;
    Answer operator()(Request const& request) const;
};

/// `GET /api/v1/imports`: the file that was sent last, for a page that is opened again.
struct LastImportEndpoint {
    Imports& imports;
    Answer operator()(Request const& request) const;
};

/// `GET /api/v1/imports/{import}`: how far it has come.
struct ImportEndpoint {
    Imports& imports;
    Answer operator()(std::string const& id, Request const& request) const;
};

/// `POST /api/v1/imports/{import}/look`: looks at it again, with what a person knows of it.
struct LookAtImportEndpoint {
    Imports& imports;
    County const& county;
    Answer operator()(std::string const& id, Request const& request) const;
};

/// `POST /api/v1/imports/{import}/profile`: the suggested column profile with changes, as TOML to be kept.
struct ImportProfileEndpoint {
    Imports& imports;
    Answer operator()(std::string const& id, Request const& request) const;
};

/// `POST /api/v1/imports/{import}/run`: takes it in, or tries it out.
struct RunImportEndpoint {
    Imports& imports;
    Answer operator()(std::string const& id, Request const& request) const;
};

/// `POST /api/v1/imports/{import}/cancel`: gives it up.
struct CancelImportEndpoint {
    Imports& imports;
    Answer operator()(std::string const& id, Request const& request) const;
};

}  // namespace riskbild::server
