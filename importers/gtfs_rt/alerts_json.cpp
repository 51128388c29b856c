#include <charconv>

#include <fmt/format.h>

#include "geo_core/area.hpp"
#include "importers/gtfs_rt/transit_alert.hpp"
#include "importers/readers/encoding.hpp"
#include "importers/readers/json_value.hpp"

namespace riskbild::importers {
namespace {

// `active_period` as protobuf's own JSON writes it: `activePeriod`.
std::string camel_case(std::string_view snake)
{
    std::string camel;
    for (std::size_t i = 0; i < snake.size(); ++i)
        if (snake[i] == '_' && i + 1 < snake.size())
            camel += static_cast<char>(snake[++i] - 'a' + 'A');
        else
            camel += snake[i];
    return camel;
}

JsonValue const* member(JsonValue const& object, std::string_view name)
{
    auto const* const found = object.find(name);
    return found != nullptr ? found : object.find(camel_case(name));
}

std::string text_of(JsonValue const& object, std::string_view name)
{
    auto const* const value = member(object, name);
    if (value == nullptr || value->type == JsonValue::Type::null || value->type == JsonValue::Type::array ||
        value->type == JsonValue::Type::object)
        return {};
    return value->text;
}

// The objects of a list; one alone is a list of one.
std::vector<JsonValue const*> objects(JsonValue const* value)
{
    std::vector<JsonValue const*> all;
    if (value != nullptr && value->type == JsonValue::Type::object)
        all.push_back(value);
    if (value != nullptr && value->type == JsonValue::Type::array)
        for (auto const& item : value->items)
            if (item.type == JsonValue::Type::object)
                all.push_back(&item);
    return all;
}

std::optional<std::int64_t> number_of(std::string const& text)
{
    std::int64_t number = 0;
    auto const* const end = text.data() + text.size();
    auto const read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc{} && read.ptr == end ? std::optional{number} : std::nullopt;
}

std::optional<Instant> instant_of(JsonValue const& object, std::string_view name)
{
    auto const number = number_of(text_of(object, name));
    return number && *number > 0 ? posix_instant(static_cast<std::uint64_t>(*number)) : std::nullopt;
}

std::string listed(JsonValue const& object, std::string_view name, std::string (*name_of)(std::int64_t),
                   std::string missing)
{
    auto const text = text_of(object, name);
    if (text.empty())
        return missing;
    auto const number = number_of(text);
    return number ? name_of(*number) : lower_case(text);
}

std::vector<Translation> texts_of(JsonValue const& alert, std::string_view name)
{
    std::vector<Translation> texts;
    auto const* const value = member(alert, name);
    if (value == nullptr)
        return texts;
    if (value->type == JsonValue::Type::string)  // some write the text itself
        texts.push_back({{}, value->text});
    for (auto const* const one :
         objects(value->type == JsonValue::Type::object ? member(*value, "translation") : value))
        texts.push_back({text_of(*one, "language"), text_of(*one, "text")});
    return texts;
}

AlertEntity entity_of(JsonValue const& selector)
{
    AlertEntity entity{.agency = text_of(selector, "agency_id"),
                       .route = text_of(selector, "route_id"),
                       .trip = {},
                       .stop = text_of(selector, "stop_id")};
    for (auto const* const trip : objects(member(selector, "trip"))) {
        entity.trip = text_of(*trip, "trip_id");
        if (entity.route.empty())
            entity.route = text_of(*trip, "route_id");
    }
    return entity;
}

TransitAlert alert_of(std::string id, JsonValue const& alert)
{
    TransitAlert read{.id = std::move(id),
                      .cause = listed(alert, "cause", &cause_name, "unknown_cause"),
                      .effect = listed(alert, "effect", &effect_name, "unknown_effect"),
                      .header = texts_of(alert, "header_text"),
                      .description = texts_of(alert, "description_text"),
                      .url = texts_of(alert, "url")};
    for (auto const* const period : objects(member(alert, "active_period")))
        read.periods.push_back({instant_of(*period, "start"), instant_of(*period, "end")});
    for (auto const* const selector : objects(member(alert, "informed_entity")))
        read.concerns.push_back(entity_of(*selector));
    return read;
}

}  // namespace

Result<AlertFeed> read_alerts_json(std::string_view text)
{
    std::string decoded;
    if (!is_utf8(text)) {
        append_from_windows_1252(text, decoded);
        text = decoded;
    }
    auto const json = parse_json(text);
    if (!json)
        return fail(ErrorCode::unreadable, fmt::format("{}, or is cut off", json.error().message));
    auto const* const header = member(*json, "header");
    if (header == nullptr || text_of(*header, "gtfs_realtime_version").empty())
        return fail(ErrorCode::unreadable,
                    "is no GTFS-Realtime feed: it has no header that tells its version");
    AlertFeed feed{.timestamp = instant_of(*header, "timestamp")};
    for (auto const* const entity : objects(member(*json, "entity"))) {
        auto const alerts = objects(member(*entity, "alert"));
        if (text_of(*entity, "is_deleted") == "true")
            ++feed.deleted;
        else if (alerts.empty())
            ++feed.other_entities;
        else
            feed.alerts.push_back(alert_of(text_of(*entity, "id"), *alerts.front()));
    }
    return feed;
}

}  // namespace riskbild::importers
