#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "geo_core/result.hpp"
#include "importers/readers/json_records.hpp"
#include "importers/readers/json_value.hpp"
#include "importers/readers/xml_records.hpp"

namespace riskbild::importers {

/// One request of GeoReport v2, field by field, whether it came as JSON or XML. What is null, empty or
/// missing is the same: empty. Numbers are as they are written.
///
///     service_request_id   "638344", the city's own id; a token alone means that there is none yet
///     status, status_notes "closed", "Duplicate request."
///     service_name, _code  "Graffiti", "006"; a code may come as a number and lose its zeros
///     description          free text, may name persons
///     requested_datetime   "2010-04-14T06:37:38-08:00": when it was reported, not when it happened
///     updated_datetime     when this wording became true
///     address              as written; address_string in some cities
///     lat, long            degrees; lon or lng in some cities
struct Open311Request {
    std::string id, token, status, status_notes, service_name, service_code, description;
    std::string requested_at, updated_at, address, zipcode, lat, lng;
};

[[nodiscard]] Open311Request read_open311_request(JsonValue const& record);

/// Whether it has an id or a token, so that it is a request, perhaps a broken one.
[[nodiscard]] bool resembles_open311_request(JsonValue const& record);

/// The record without what is null or empty, and all numbers as texts: the same for JSON and XML, so that a
/// request that comes in both is one. The form that content is hashed in.
[[nodiscard]] JsonValue normal_record(JsonValue const& record);

/// What the server says is wrong, where the record is an error of GeoReport: `403: Invalid api_key`.
[[nodiscard]] std::optional<std::string> open311_error(JsonValue const& record);

/// The requests of a file, JSON or XML, one at a time: an array, one alone, or an array within an object
/// such as `{"service_requests": […]}`. Not to be moved once it is read from.
class Open311Records {
public:
    /// \param element of XML that is a record: `request`, `service`. Errors are records too.
    static Result<Open311Records> open(ByteSource& source, std::string element = "request");

    /// \return false at the end; ErrorCode::unreadable naming row and reason
    Result<bool> next();
    [[nodiscard]] JsonValue const& record() const { return *record_; }
    /// 1 = the first.
    [[nodiscard]] std::uint64_t row() const { return row_; }
    /// Whether there is nothing in the file, not even an empty list.
    [[nodiscard]] bool is_empty() const { return json_ && json_->is_empty(); }
    /// Of XML the outermost element's name, of JSON empty.
    [[nodiscard]] std::string root() const { return xml_ ? xml_->root() : std::string{}; }

private:
    std::string file_;
    std::optional<JsonRecords> json_;
    std::optional<XmlRecords> xml_;
    JsonValue wrapper_;  // an object that holds the records
    JsonValue const* list_ = nullptr;
    std::size_t at_ = 0;
    JsonValue const* record_ = nullptr;
    std::uint64_t row_ = 0;
};

/// The names of a city's services by code, from its answer to `services.json` or `services.xml`.
/// \return ErrorCode::unreadable for what is none
Result<std::map<std::string, std::string>> read_open311_services(std::string const& body);

}  // namespace riskbild::importers
