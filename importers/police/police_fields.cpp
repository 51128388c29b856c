#include "importers/police/police_fields.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "geo_core/text.hpp"

namespace riskbild::importers {
namespace {

constexpr std::string_view kSite = "https://polisen.se";

std::string text_of(JsonValue const* value)
{
    return value != nullptr && value->type == JsonValue::Type::string ? value->text : std::string{};
}

}  // namespace

PoliceRecord unwrap_police_record(JsonValue const& record)
{
    auto const* event = record.find("event");
    auto const* seen = record.find("seen_unix");
    if (event == nullptr || event->type != JsonValue::Type::object)
        return {.event = &record, .seen = {}};
    PoliceRecord wrapped{.event = event, .seen = {}};
    std::int64_t seconds = 0;
    if (seen != nullptr && seen->type == JsonValue::Type::number) {
        auto const& digits = seen->text;
        auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
        constexpr std::int64_t kYear9999 = 253'402'300'799;
        if (error == std::errc{} && end == digits.data() + digits.size() && seconds >= 0 &&
            seconds <= kYear9999)
            wrapped.seen = Instant{std::chrono::seconds{seconds}};
    }
    return wrapped;
}

bool resembles_police_event(JsonValue const& event)
{
    auto const keys = {"id", "datetime", "name", "summary", "type", "location"};
    return std::count_if(keys.begin(), keys.end(), [&](auto* key) { return event.find(key) != nullptr; }) >=
           2;
}

Result<PoliceEvent> read_police_event(JsonValue const& event)
{
    PoliceEvent read;
    auto const* id = event.find("id");
    if (id != nullptr && (id->type == JsonValue::Type::number || id->type == JsonValue::Type::string))
        read.id = id->text;
    if (read.id.empty() || read.id.size() > 100)
        return fail(ErrorCode::unreadable, "id is missing or no number, expected for example 372362", "id");
    for (auto const& [key, field] : {std::pair{"datetime", &read.datetime}, std::pair{"name", &read.name}}) {
        *field = text_of(event.find(key));
        if (field->empty())
            return fail(ErrorCode::unreadable, fmt::format("{} is missing or no text", key), key);
    }
    read.summary = text_of(event.find("summary"));
    read.url = text_of(event.find("url"));
    read.type = trimmed(text_of(event.find("type")));
    if (auto const* location = event.find("location")) {
        read.location_name = trimmed(text_of(location->find("name")));
        read.location_gps = text_of(location->find("gps"));
    }
    return read;
}

std::optional<LngLat> parse_gps(std::string_view text)
{
    auto const comma = text.find(',');
    if (comma == std::string_view::npos)
        return std::nullopt;
    auto const lat = parse_number(trimmed(text.substr(0, comma)));
    auto const lng = parse_number(trimmed(text.substr(comma + 1)));
    if (!lat || !lng)
        return std::nullopt;
    return LngLat{.lng = *lng, .lat = *lat};
}

std::string police_link(std::string_view url)
{
    if (url.starts_with("/") && !url.starts_with("//"))
        return std::string{kSite} + std::string{url};
    if (url.starts_with("https://polisen.se/"))
        return std::string{url};
    return {};
}

}  // namespace riskbild::importers
