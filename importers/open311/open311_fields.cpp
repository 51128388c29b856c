#include "importers/open311/open311_fields.hpp"

#include <array>

#include <fmt/format.h>

#include "geo_core/text.hpp"

namespace riskbild::importers {
namespace {

std::string text_of(JsonValue const& record, std::initializer_list<std::string_view> names)
{
    for (auto const name : names) {
        auto const* const value = record.find(name);
        if (value == nullptr || value->type == JsonValue::Type::null ||
            value->type == JsonValue::Type::array || value->type == JsonValue::Type::object)
            continue;
        if (auto const text = trimmed(value->text); !text.empty() && text != "null")
            return std::string{text};
    }
    return {};
}

bool says_nothing(JsonValue const& value)
{
    switch (value.type) {
        case JsonValue::Type::null:
            return true;
        case JsonValue::Type::array:
            return value.items.empty();
        case JsonValue::Type::object:
            return value.members.empty();
        default:
            return trimmed(value.text).empty();
    }
}

// The array that an object around the records holds.
JsonValue const* list_within(JsonValue const& object)
{
    constexpr std::array<std::string_view, 7> kNames{
        "service_requests", "requests", "request", "services", "data", "results", "errors"};
    if (object.find("service_request_id") != nullptr || object.find("service_code") != nullptr)
        return nullptr;
    for (auto const name : kNames) {
        auto const* const value = object.find(name);
        if (value != nullptr && value->type == JsonValue::Type::array)
            return value;
        if (value != nullptr && value->type == JsonValue::Type::object)
            return list_within(*value);
    }
    return nullptr;
}

bool begins_as_xml(ByteSource& source, Error& error)
{
    ReadWindow window{source};
    auto opened = window.open();
    auto again = opened ? source.rewind() : Result<void>{};
    if (!opened || !again) {
        error = !opened ? opened.error() : again.error();
        return false;
    }
    return trimmed(window.view().substr(0, 4096)).starts_with('<');
}

}  // namespace

Open311Request read_open311_request(JsonValue const& record)
{
    return {.id = text_of(record, {"service_request_id"}),
            .token = text_of(record, {"token"}),
            .status = text_of(record, {"status"}),
            .status_notes = text_of(record, {"status_notes"}),
            .service_name = text_of(record, {"service_name"}),
            .service_code = text_of(record, {"service_code"}),
            .description = text_of(record, {"description"}),
            .requested_at = text_of(record, {"requested_datetime"}),
            .updated_at = text_of(record, {"updated_datetime"}),
            .address = text_of(record, {"address", "address_string"}),
            .zipcode = text_of(record, {"zipcode"}),
            .lat = text_of(record, {"lat", "latitude"}),
            .lng = text_of(record, {"long", "lon", "lng", "longitude"})};
}

bool resembles_open311_request(JsonValue const& record)
{
    return record.find("service_request_id") != nullptr || record.find("token") != nullptr;
}

JsonValue normal_record(JsonValue const& record)
{
    auto normal = record;
    if (normal.type == JsonValue::Type::number || normal.type == JsonValue::Type::boolean)
        normal.type = JsonValue::Type::string;
    if (normal.type == JsonValue::Type::string)
        normal.text = std::string{trimmed(normal.text)};
    for (auto& item : normal.items)
        item = normal_record(item);
    for (auto& member : normal.members)
        member.value = normal_record(member.value);
    std::erase_if(normal.items, &says_nothing);
    std::erase_if(normal.members, [](JsonMember const& member) { return says_nothing(member.value); });
    return normal;
}

std::optional<std::string> open311_error(JsonValue const& record)
{
    auto const description = text_of(record, {"description"});
    auto const code = text_of(record, {"code"});
    if (code.empty() || description.empty() || record.find("service_request_id") != nullptr)
        return std::nullopt;
    return fmt::format("{}: {}", shortened(code), shortened(description));
}

Result<Open311Records> Open311Records::open(ByteSource& source, std::string element)
{
    Open311Records records;
    records.file_ = source.name();
    Error error;
    if (begins_as_xml(source, error)) {
        auto xml = XmlRecords::open(source, {std::move(element), "error"});
        if (!xml)
            return Failure{xml.error()};
        records.xml_.emplace(std::move(*xml));
        return records;
    }
    if (!error.message.empty())
        return Failure{std::move(error)};
    auto json = JsonRecords::open(source);
    if (!json)
        return Failure{json.error()};
    records.json_.emplace(std::move(*json));
    return records;
}

Result<bool> Open311Records::next()
{
    if (list_ != nullptr && at_ < list_->items.size()) {
        record_ = &list_->items[at_++];
        ++row_;
        if (record_->type != JsonValue::Type::object)
            return fail(ErrorCode::unreadable, fmt::format("{} row {}: is no object", file_, row_));
        return true;
    }
    auto const more = json_ ? json_->next() : xml_->next();
    if (!more || !*more)
        return more;
    record_ = json_ ? &json_->record() : &xml_->record();
    if (json_ && json_->row() == 1 && !json_->is_array())
        if (list_within(*record_) != nullptr) {
            wrapper_ = *record_;
            list_ = list_within(wrapper_);
            return next();
        }
    ++row_;
    return true;
}

Result<std::map<std::string, std::string>> read_open311_services(std::string const& body)
{
    auto source = ByteSource::from_memory("services", body);
    auto records = Open311Records::open(source, "service");
    if (!records)
        return Failure{records.error()};
    std::map<std::string, std::string> names;
    while (true) {
        auto const more = records->next();
        if (!more)
            return Failure{more.error()};
        if (!*more)
            return names;
        if (auto const error = open311_error(records->record()))
            return fail(ErrorCode::unreadable, fmt::format("services: the server says {}", *error));
        auto const service = read_open311_request(records->record());
        if (!service.service_code.empty())
            names[service.service_code] = service.service_name;
    }
}

}  // namespace riskbild::importers
