#include "importers/gtfs_rt/transit_alert.hpp"

#include <array>

#include <fmt/format.h>

#include "geo_core/text.hpp"
#include "importers/readers/json_value.hpp"

namespace riskbild::importers {
namespace {

// gtfs-realtime.proto, Alert.Cause and Alert.Effect; both begin with 1.
constexpr std::array<std::string_view, 12> kCauses{"unknown_cause", "other_cause",     "technical_problem",
                                                   "strike",        "demonstration",   "accident",
                                                   "holiday",       "weather",         "maintenance",
                                                   "construction",  "police_activity", "medical_emergency"};
constexpr std::array<std::string_view, 11> kEffects{
    "no_service",         "reduced_service",  "significant_delays", "detour",
    "additional_service", "modified_service", "other_effect",       "unknown_effect",
    "stop_moved",         "no_effect",        "accessibility_issue"};

template <class Names>
std::string name_in(Names const& names, std::int64_t number, std::string_view list)
{
    auto const index = static_cast<std::uint64_t>(number) - 1;
    return index < names.size() ? std::string{names[index]} : fmt::format("{}_{}", list, number);
}

JsonValue text_value(std::string text)
{
    return {.type = JsonValue::Type::string, .text = std::move(text)};
}

// An object whose members are added in any order; the empty are left out.
class ObjectBuilder {
public:
    ObjectBuilder& add(std::string name, std::string text)
    {
        return text.empty() ? *this : add(std::move(name), text_value(std::move(text)));
    }
    ObjectBuilder& add(std::string name, JsonValue value)
    {
        if (value.type == JsonValue::Type::array && value.items.empty())
            return *this;
        auto at = object_.members.begin();
        while (at != object_.members.end() && at->name < name)
            ++at;
        object_.members.insert(at, {std::move(name), std::move(value)});
        return *this;
    }
    [[nodiscard]] JsonValue built() { return std::move(object_); }

private:
    JsonValue object_{.type = JsonValue::Type::object};
};

JsonValue list_of(std::vector<Translation> const& texts)
{
    JsonValue list{.type = JsonValue::Type::array};
    for (auto const& [language, text] : texts)
        list.items.push_back(ObjectBuilder{}.add("language", language).add("text", text).built());
    return list;
}

bool is_swedish(std::string_view language)
{
    return language == "sv" || language.starts_with("sv-") || language.starts_with("sv_");
}

}  // namespace

std::string cause_name(std::int64_t number)
{
    return name_in(kCauses, number, "cause");
}

std::string effect_name(std::int64_t number)
{
    return name_in(kEffects, number, "effect");
}

std::optional<Instant> posix_instant(std::uint64_t seconds)
{
    constexpr std::uint64_t kEndOfCalendar = 253'402'300'800;  // the year 10 000
    if (seconds == 0 || seconds >= kEndOfCalendar)
        return std::nullopt;
    return Instant{std::chrono::seconds{static_cast<std::int64_t>(seconds)}};
}

Result<AlertFeed> read_alerts(std::string_view bytes)
{
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    if (bytes.starts_with(kByteOrderMark))
        bytes.remove_prefix(kByteOrderMark.size());
    auto const text = trimmed(bytes);
    if (text.starts_with('<') || text.starts_with('['))
        return fail(
            ErrorCode::unreadable,
            fmt::format("begins with \"{}\", expected a GTFS-Realtime feed: protobuf, or an object of JSON",
                        text.substr(0, 1)));
    // The first byte of a feed in protobuf is that of its header, a line feed.
    return text.starts_with('{') && !bytes.starts_with('\n') ? read_alerts_json(text)
                                                             : read_alerts_protobuf(bytes);
}

std::string best_text(std::vector<Translation> const& texts)
{
    Translation const* best = nullptr;
    auto best_rank = 0;
    for (auto const& one : texts) {
        auto const rank = is_swedish(one.language)         ? 4
                          : one.language.empty()           ? 3
                          : one.language.starts_with("en") ? 2
                                                           : 1;
        if (!trimmed(one.text).empty() && rank > best_rank) {
            best = &one;
            best_rank = rank;
        }
    }
    return best == nullptr ? std::string{} : std::string{trimmed(best->text)};
}

std::optional<Instant> TransitAlert::first_start() const
{
    std::optional<Instant> first;
    for (auto const& period : periods)
        if (period.from && (!first || *period.from < *first))
            first = period.from;
    return first;
}

std::optional<Instant> TransitAlert::last_start() const
{
    std::optional<Instant> last;
    for (auto const& period : periods)
        if (period.from && (!last || *period.from > *last))
            last = period.from;
    return last;
}

std::string payload_of(TransitAlert const& alert, AlertStanding standing)
{
    auto const instant = [](std::optional<Instant> const& when) {
        return when ? to_text(*when) : std::string{};
    };
    JsonValue periods{.type = JsonValue::Type::array}, concerns{.type = JsonValue::Type::array};
    for (auto const& period : alert.periods)
        periods.items.push_back(
            ObjectBuilder{}.add("start", instant(period.from)).add("end", instant(period.to)).built());
    for (auto const& entity : alert.concerns)
        concerns.items.push_back(ObjectBuilder{}
                                     .add("agency_id", entity.agency)
                                     .add("route_id", entity.route)
                                     .add("trip_id", entity.trip)
                                     .add("stop_id", entity.stop)
                                     .built());
    return canonical_json(ObjectBuilder{}
                              .add("id", alert.id)
                              .add("active_period", std::move(periods))
                              .add("informed_entity", std::move(concerns))
                              .add("cause", alert.cause)
                              .add("effect", alert.effect)
                              .add("header_text", list_of(alert.header))
                              .add("description_text", list_of(alert.description))
                              .add("url", list_of(alert.url))
                              .add("standing", standing == AlertStanding::plan ? "plan" : "")
                              .built());
}

}  // namespace riskbild::importers
