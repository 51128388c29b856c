#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace riskbild {

/// What kind of thing went wrong; decides the exit code of `riskbild` and the HTTP status.
enum class ErrorCode {
    wrong_use,      ///< the caller asked for something that cannot be asked: exit 2, HTTP 400
    not_found,      ///< the named thing does not exist: exit 1, HTTP 404
    forbidden,      ///< this view may not see it: exit 1, HTTP 403
    unreadable,     ///< a file or row cannot be read or understood: exit 1, HTTP 422
    unwritable,     ///< no permission, read-only: exit 1, HTTP 503
    full,           ///< the disk is full: exit 1, HTTP 507
    busy,           ///< somebody else holds it (store lock, port in use): exit 1, HTTP 503
    too_slow,       ///< the work did not end in the time that it may take: exit 1, HTTP 503
    newer_version,  ///< written by a newer Riskbild: exit 1, HTTP 503
    damaged,        ///< the store's contents contradict themselves: exit 1, HTTP 500
    too_large,      ///< over a stated limit: exit 1, HTTP 413
    gone,           ///< an address whose data version is no longer kept: HTTP 410
    internal,       ///< our own mistake: exit 1, HTTP 500
};

/// One clear sentence about what went wrong, where, and what was expected.
struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string message;  ///< a sentence for people; no trailing full stop, no line breaks
    std::string field{};  ///< the option, URL key or column at fault; empty when there is none
};

template <class T>
using Result = tl::expected<T, Error>;

using Failure = tl::unexpected<Error>;

[[nodiscard]] inline Failure fail(ErrorCode code, std::string message, std::string field = {})
{
    return Failure{Error{code, std::move(message), std::move(field)}};
}

/// The stable lower-case name used in JSON errors, for example `wrong_use`.
[[nodiscard]] char const* name_of(ErrorCode code);

}  // namespace riskbild
