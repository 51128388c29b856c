#include <fmt/format.h>
#include <protozero/pbf_message.hpp>

#include "importers/gtfs_rt/transit_alert.hpp"
#include "importers/readers/encoding.hpp"

namespace riskbild::importers {
namespace {

// The part of gtfs-realtime.proto (2.0, Google, Apache 2.0) that tells of alerts. Other fields are passed
// over.
enum class FeedMessage : protozero::pbf_tag_type { header = 1, entity = 2 };
enum class FeedHeader : protozero::pbf_tag_type { version = 1, timestamp = 3 };
enum class FeedEntity : protozero::pbf_tag_type { id = 1, is_deleted = 2, alert = 5 };
enum class Alert : protozero::pbf_tag_type {
    active_period = 1,
    informed_entity = 5,
    cause = 6,
    effect = 7,
    url = 8,
    header_text = 10,
    description_text = 11
};
enum class TimeRange : protozero::pbf_tag_type { start = 1, end = 2 };
enum class EntitySelector : protozero::pbf_tag_type { agency_id = 1, route_id = 2, trip = 4, stop_id = 5 };
enum class TripDescriptor : protozero::pbf_tag_type { trip_id = 1, route_id = 5 };
enum class TranslatedString : protozero::pbf_tag_type { translation = 1 };
enum class TranslationField : protozero::pbf_tag_type { text = 1, language = 2 };

using protozero::pbf_wire_type;

constexpr auto wire(auto tag, pbf_wire_type type)
{
    return protozero::tag_and_type(tag, type);
}
constexpr auto kBytes = pbf_wire_type::length_delimited;
constexpr auto kNumber = pbf_wire_type::varint;

std::string text_of(protozero::data_view view)
{
    std::string_view const bytes{view.data(), view.size()};
    if (is_utf8(bytes))
        return std::string{bytes};
    std::string text;
    append_from_windows_1252(bytes, text);
    return text;
}

TransitAlert::Period read_period(protozero::pbf_message<TimeRange> message)
{
    TransitAlert::Period period;
    while (message.next())
        switch (message.tag_and_type()) {
            case wire(TimeRange::start, kNumber):
                period.from = posix_instant(message.get_uint64());
                break;
            case wire(TimeRange::end, kNumber):
                period.to = posix_instant(message.get_uint64());
                break;
            default:
                message.skip();
        }
    return period;
}

void read_trip(protozero::pbf_message<TripDescriptor> message, AlertEntity& entity)
{
    while (message.next())
        switch (message.tag_and_type()) {
            case wire(TripDescriptor::trip_id, kBytes):
                entity.trip = text_of(message.get_view());
                break;
            case wire(TripDescriptor::route_id, kBytes):
                if (auto route = text_of(message.get_view()); entity.route.empty())
                    entity.route = std::move(route);
                break;
            default:
                message.skip();
        }
}

AlertEntity read_selector(protozero::pbf_message<EntitySelector> message)
{
    AlertEntity entity;
    while (message.next())
        switch (message.tag_and_type()) {
            case wire(EntitySelector::agency_id, kBytes):
                entity.agency = text_of(message.get_view());
                break;
            case wire(EntitySelector::route_id, kBytes):
                entity.route = text_of(message.get_view());
                break;
            case wire(EntitySelector::stop_id, kBytes):
                entity.stop = text_of(message.get_view());
                break;
            case wire(EntitySelector::trip, kBytes):
                read_trip(message.get_message(), entity);
                break;
            default:
                message.skip();
        }
    return entity;
}

std::vector<Translation> read_texts(protozero::pbf_message<TranslatedString> message)
{
    std::vector<Translation> texts;
    while (message.next(TranslatedString::translation, kBytes)) {
        protozero::pbf_message<TranslationField> one{message.get_message()};
        Translation translation;
        while (one.next())
            switch (one.tag_and_type()) {
                case wire(TranslationField::text, kBytes):
                    translation.text = text_of(one.get_view());
                    break;
                case wire(TranslationField::language, kBytes):
                    translation.language = text_of(one.get_view());
                    break;
                default:
                    one.skip();
            }
        texts.push_back(std::move(translation));
    }
    return texts;
}

void read_alert(protozero::pbf_message<Alert> message, TransitAlert& alert)
{
    while (message.next())
        switch (message.tag_and_type()) {
            case wire(Alert::active_period, kBytes):
                alert.periods.push_back(read_period(message.get_message()));
                break;
            case wire(Alert::informed_entity, kBytes):
                alert.concerns.push_back(read_selector(message.get_message()));
                break;
            case wire(Alert::cause, kNumber):
                alert.cause = cause_name(message.get_enum());
                break;
            case wire(Alert::effect, kNumber):
                alert.effect = effect_name(message.get_enum());
                break;
            case wire(Alert::url, kBytes):
                alert.url = read_texts(message.get_message());
                break;
            case wire(Alert::header_text, kBytes):
                alert.header = read_texts(message.get_message());
                break;
            case wire(Alert::description_text, kBytes):
                alert.description = read_texts(message.get_message());
                break;
            default:
                message.skip();
        }
}

void read_entity(protozero::pbf_message<FeedEntity> message, AlertFeed& feed)
{
    TransitAlert alert;
    bool is_alert = false, is_deleted = false;
    while (message.next())
        switch (message.tag_and_type()) {
            case wire(FeedEntity::id, kBytes):
                alert.id = text_of(message.get_view());
                break;
            case wire(FeedEntity::is_deleted, kNumber):
                is_deleted = message.get_bool();
                break;
            case wire(FeedEntity::alert, kBytes):
                is_alert = true;
                read_alert(message.get_message(), alert);
                break;
            default:
                message.skip();
        }
    if (is_deleted)
        ++feed.deleted;
    else if (is_alert)
        feed.alerts.push_back(std::move(alert));
    else
        ++feed.other_entities;
}

// \return whether it tells its version, as each feed must
bool read_header(protozero::pbf_message<FeedHeader> message, AlertFeed& feed)
{
    bool has_version = false;
    while (message.next())
        switch (message.tag_and_type()) {
            case wire(FeedHeader::version, kBytes):
                has_version = message.get_view().size() > 0;
                break;
            case wire(FeedHeader::timestamp, kNumber):
                feed.timestamp = posix_instant(message.get_uint64());
                break;
            default:
                message.skip();
        }
    return has_version;
}

}  // namespace

Result<AlertFeed> read_alerts_protobuf(std::string_view bytes)
{
    AlertFeed feed;
    bool has_header = false;
    try {
        protozero::pbf_message<FeedMessage> message{bytes.data(), bytes.size()};
        while (message.next())
            switch (message.tag_and_type()) {
                case wire(FeedMessage::header, kBytes):
                    has_header = read_header(message.get_message(), feed) || has_header;
                    break;
                case wire(FeedMessage::entity, kBytes):
                    read_entity(message.get_message(), feed);
                    break;
                default:
                    message.skip();
            }
    } catch (protozero::exception const& problem) {
        return fail(ErrorCode::unreadable,
                    fmt::format("is no whole GTFS-Realtime feed: its protobuf is broken or cut off ({})",
                                problem.what()));
    }
    if (!has_header)
        return fail(ErrorCode::unreadable,
                    "is no GTFS-Realtime feed: it has no header that tells its version");
    return feed;
}

}  // namespace riskbild::importers
