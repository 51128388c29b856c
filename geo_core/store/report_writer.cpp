#include "geo_core/store/report_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo_core/store/geopackage_time.hpp"
#include "geo_core/store/stored_values.hpp"

namespace riskbild::store {

namespace {

std::int64_t seconds(Instant instant)
{
    return instant.time_since_epoch().count();
}

std::optional<std::string_view> text_or_null(std::string const& text)
{
    return text.empty() ? std::nullopt : std::optional<std::string_view>{text};
}

bool writable(Instant when)
{
    return when >= kFirstInstant && when <= kLastInstant;
}

}  // namespace

ReportWriter::ReportWriter(Connection& connection, County const& county, KindDictionary& kinds,
                           SourceId source)
    : connection_(connection),
      county_(county),
      kinds_(kinds),
      source_(source),
      find_(connection,
            "SELECT id, current_version, case_number FROM reports "
            "WHERE key_number = ?1 AND source_id = ?2 AND source_key = ?3"),
      insert_report_(connection,
                     "INSERT INTO reports(id, source_id, source_key, key_number, role, current_version, "
                     "incident_id, case_number, started) VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?7, ?8)"),
      insert_version_(
          connection,
          "INSERT INTO report_versions(id, report_id, first_seen, last_seen, content_hash, role, "
          "kind_id, occurred_from, occurred_to, precision, area_id, east, north, patrol_discovered, "
          "case_number, place_text, title, text, link, payload, kind_rule, kind_confidence, place_rule) "
          "VALUES "
          "(?1, ?2, ?3, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, "
          "?21, ?22)"),
      find_version_(connection,
                    "SELECT id, first_seen, last_seen FROM report_versions WHERE id BETWEEN ?1 AND ?2 AND "
                    "content_hash = ?3"),
      last_version_(connection, "SELECT max(id) FROM report_versions WHERE id BETWEEN ?1 AND ?2"),
      best_version_(
          connection,
          "SELECT id, role, case_number, occurred_from FROM report_versions WHERE id BETWEEN ?1 AND ?2 "
          "ORDER BY last_seen DESC, content_hash DESC LIMIT 1"),
      widen_(connection, "UPDATE report_versions SET first_seen = ?2, last_seen = ?3 WHERE id = ?1"),
      set_current_(connection,
                   "UPDATE reports SET current_version = ?2, role = ?3, case_number = ?4, started = ?5 "
                   "WHERE id = ?1"),
      quoter_(connection, "SELECT id FROM reports WHERE case_number = ?1 LIMIT 1"),
      seen_then_(connection,
                 "SELECT count(*) FROM report_versions WHERE id BETWEEN ?1 AND ?2 AND last_seen = ?3"),
      read_anew_(
          connection,
          "UPDATE report_versions SET (role, kind_id, occurred_from, occurred_to, precision, area_id, "
          "east, north, patrol_discovered, case_number, place_text, title, text, link, kind_rule, "
          "kind_confidence, place_rule) = (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, "
          "?15, ?16, ?17, ?18) WHERE id = ?1 AND "
          "(role, kind_id, occurred_from, occurred_to, precision, area_id, east, north, "
          "patrol_discovered, case_number, place_text, title, text, link, kind_rule, kind_confidence, "
          "place_rule) IS NOT (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, "
          "?18)"),
      note_for_desk_(connection,
                     "INSERT INTO desk_versions(report_id, version_hash, first_seen, last_seen) SELECT "
                     "report_id, content_hash, first_seen, last_seen FROM report_versions WHERE id = ?1 "
                     "ON CONFLICT DO NOTHING"),
      seen_beside_desk_(connection,
                        "UPDATE desk_versions SET first_seen = min(coalesce(first_seen, ?3), ?3), last_seen "
                        "= max(coalesce(last_seen, ?3), ?3) WHERE report_id = ?1 AND version_hash = ?2"),
      any_of_desk_(connection.integer("SELECT EXISTS (SELECT 1 FROM desk_versions)") != 0),
      first_new_id_(connection.integer("SELECT coalesce(max(id), 0) + 1 FROM reports"))
{
}

Taken ReportWriter::take(Report const& report)
{
    require_consistent(report);
    auto const hash = content_hash(report.payload);
    auto const number = public_number(report.key);
    auto const found = find(report.key, number);
    if (!found) {
        add_report(report, number, hash);
        return Taken::new_;
    }
    auto const& known = *found;
    auto const version = find_version(known.id, hash);
    if (contradicts_session(known.id, report.observed_at, version)) {
        return Taken::duplicate_id;
    }
    if (version) {
        if (any_of_desk_) {
            seen_beside_desk_.run(known.id, Blob(hash), seconds(report.observed_at));
        }
        sightings_.emplace(known.id, Sighting{report.observed_at, version->number});
        widen(known.id, *version, report.observed_at);
        bool const reread = read_anew(version_id(known.id, version->number), report);
        bool const shown_otherwise = choose_current(known, reread ? version->number : 0);
        return reread || shown_otherwise ? Taken::revised : Taken::unchanged;
    }
    last_version_.query(version_id(known.id, 0), version_id(known.id + 1, -1));
    last_version_.step();
    auto const next = last_version_.integer(0) % kVersionsPerReport + 1;
    last_version_.reset();
    if (next == kVersionsPerReport) {
        throw StoreFailure(ErrorCode::too_large,
                           fmt::format("report {} of {} has more than {} versions", report.key.source_id,
                                       report.key.source, next - 1));
    }
    add_version(known.id, next, report, hash, kinds_.number_of(report.kind_code));
    ++new_versions_;
    sightings_.emplace(known.id, Sighting{report.observed_at, next});
    choose_current(known);
    seen_then_.query(version_id(known.id, 0), version_id(known.id + 1, -1), seconds(report.observed_at));
    seen_then_.step();
    auto const seen_then = seen_then_.integer(0);
    seen_then_.reset();
    return seen_then > 1 ? Taken::contested : Taken::revised;
}

Taken ReportWriter::take_from_desk(Report const& report)
{
    auto const known = find(report.key, public_number(report.key));
    auto const version = known ? find_version(known->id, content_hash(report.payload)) : std::nullopt;
    if (!version) {
        return take(report);
    }
    require_consistent(report);
    if (contradicts_session(known->id, report.observed_at, version)) {
        return Taken::duplicate_id;
    }
    note_for_desk_.run(version_id(known->id, version->number));
    any_of_desk_ = true;
    sightings_.emplace(known->id, Sighting{report.observed_at, version->number});
    widen(known->id, *version, report.observed_at);
    return choose_current(*known) ? Taken::revised : Taken::unchanged;
}

void ReportWriter::require_consistent(Report const& report) const
{
    auto const refuse = [&](std::string_view why) {
        throw StoreFailure(ErrorCode::wrong_use,
                           fmt::format("report {} of {} {}", report.key.source_id, report.key.source, why));
    };
    if (report.key.source != county_.sources[source_.value()].name) {
        refuse("came in a session of another source");
    }
    if (report.key.source_id.empty()) {
        refuse("has no id");
    }
    if (report.occurred.from >= report.occurred.to) {
        refuse("ends before it begins");
    }
    if (!writable(report.occurred.from) || !writable(report.occurred.to) || !writable(report.observed_at)) {
        refuse("has a year beyond 1 to 9999");
    }
    auto const area = area_of(report.place);
    if (area != kNoArea && area.value() >= county_.areas.areas().size()) {
        refuse("lies in an area that the store does not have");
    }
    auto const point = point_of(report.place);
    if (is_point(precision_of(report.place)) != point.has_value()) {
        refuse("has a precision that does not fit its place");
    }
    if (point && !(std::isfinite(point->east) && std::isfinite(point->north))) {
        refuse("has a position that is no number");
    }
}

std::optional<ReportWriter::Known> ReportWriter::find(ReportKey const& key, std::uint64_t number)
{
    find_.query(static_cast<std::int64_t>(number), std::int64_t{source_.value()}, key.source_id);
    if (!find_.step()) {
        return std::nullopt;
    }
    Known known{find_.integer(0), find_.integer(1), std::string(find_.text(2))};
    find_.reset();
    return known;
}

void ReportWriter::add_report(Report const& report, std::uint64_t number, ContentHash const& hash)
{
    auto const id = first_new_id_ + static_cast<std::int64_t>(new_reports_.size());
    bool const alone = report.role == ReportRole::incident && !quoted_before(report.case_number);
    // An incident has the id of its oldest report.
    insert_report_.run(id, std::int64_t{source_.value()}, report.key.source_id,
                       static_cast<std::int64_t>(number), static_cast<int>(report.role),
                       alone ? std::optional{id} : std::nullopt, text_or_null(report.case_number),
                       seconds(report.occurred.from));
    auto const kind = kinds_.number_of(report.kind_code);
    add_version(id, 1, report, hash, kind);
    new_reports_.push_back({{ReportId{id}, source_, county_.sources[source_.value()].rank, kind,
                             report.occurred, report.place, report.patrol_discovered},
                            number,
                            report.observed_at,
                            report.role,
                            alone});
    if (!alone && report.role == ReportRole::incident) {
        to_link_.push_back(id);
    }
}

bool ReportWriter::quoted_before(std::string const& case_number)
{
    if (case_number.empty()) {
        return false;
    }
    quoter_.query(case_number);
    if (!quoter_.step()) {
        return false;
    }
    // Of several quoters any will do: linkage finds the others by the number.
    auto const id = quoter_.integer(0);
    quoter_.reset();
    if (auto* const added = new_report(id); added != nullptr && added->alone) {
        added->alone = false;  // not written alone first only to be linked at once
        to_link_.push_back(id);
    }
    return true;
}

void ReportWriter::add_version(std::int64_t report, std::int64_t number, Report const& content,
                               ContentHash const& hash, std::int64_t kind)
{
    auto const point = point_of(content.place);
    auto const area = area_of(content.place);
    insert_version_.run(version_id(report, number), report, seconds(content.observed_at), Blob(hash),
                        static_cast<int>(content.role), kind, seconds(content.occurred.from),
                        seconds(content.occurred.to), static_cast<int>(precision_of(content.place)),
                        area == kNoArea ? std::nullopt : std::optional{std::int64_t{area.value()}},
                        point ? std::optional{point->east} : std::nullopt,
                        point ? std::optional{point->north} : std::nullopt, content.patrol_discovered,
                        text_or_null(content.case_number), content.place_text, content.title, content.text,
                        content.link, content.payload, content.kind_rule, content.kind_confidence,
                        content.place_rule);
}

std::optional<ReportWriter::Version> ReportWriter::find_version(std::int64_t report, ContentHash const& hash)
{
    find_version_.query(version_id(report, 0), version_id(report + 1, -1), Blob(hash));
    if (!find_version_.step()) {
        return std::nullopt;
    }
    Version const version{find_version_.integer(0) % kVersionsPerReport, instant_at(find_version_, 1),
                          instant_at(find_version_, 2)};
    find_version_.reset();
    return version;
}

bool ReportWriter::contradicts_session(std::int64_t report, Instant observed_at,
                                       std::optional<Version> const& version)
{
    auto const other = [&](Instant seen_at, std::int64_t number) {
        return seen_at == observed_at && (!version || version->number != number);
    };
    if (auto const* const added = new_report(report); added != nullptr && other(added->observed_at, 1)) {
        return true;
    }
    auto const [first, last] = sightings_.equal_range(report);
    return std::any_of(first, last, [&](auto const& sighting) {
        return other(sighting.second.observed_at, sighting.second.version);
    });
}

void ReportWriter::widen(std::int64_t report, Version const& version, Instant observed_at)
{
    if (observed_at < version.first_seen || observed_at > version.last_seen) {
        widen_.run(version_id(report, version.number), seconds(std::min(observed_at, version.first_seen)),
                   seconds(std::max(observed_at, version.last_seen)));
    }
}

bool ReportWriter::read_anew(std::int64_t version, Report const& content)
{
    auto const point = point_of(content.place);
    auto const area = area_of(content.place);
    read_anew_.run(version, static_cast<int>(content.role), kinds_.number_of(content.kind_code),
                   seconds(content.occurred.from), seconds(content.occurred.to),
                   static_cast<int>(precision_of(content.place)),
                   area == kNoArea ? std::nullopt : std::optional{std::int64_t{area.value()}},
                   point ? std::optional{point->east} : std::nullopt,
                   point ? std::optional{point->north} : std::nullopt, content.patrol_discovered,
                   text_or_null(content.case_number), content.place_text, content.title, content.text,
                   content.link, content.kind_rule, content.kind_confidence, content.place_rule);
    bool const differs = connection_.changes() > 0;
    changed_ = changed_ || differs;
    return differs;
}

bool ReportWriter::choose_current(Known const& known, std::int64_t reread)
{
    best_version_.query(version_id(known.id, 0), version_id(known.id + 1, -1));
    best_version_.step();
    auto const number = best_version_.integer(0) % kVersionsPerReport;
    auto const role = best_version_.integer(1);
    std::string const case_number(best_version_.text(2));
    auto const started = best_version_.integer(3);
    best_version_.reset();
    if (number == known.current_version && number != reread) {
        return false;
    }
    changed_ = true;
    set_current_.run(known.id, number, role, text_or_null(case_number), started);
    to_link_.push_back(known.id);
    if (!known.case_number.empty()) {
        former_cases_.push_back(known.case_number);
    }
    if (auto* const added = new_report(known.id)) {
        added->alone = false;
        added->role = static_cast<ReportRole>(role);
    }
    return true;
}

void ReportWriter::link(std::span<std::int64_t const> reports)
{
    for (auto const report : reports) {
        if (auto* const added = new_report(report)) {
            added->alone = false;
        }
        to_link_.push_back(report);
    }
}

NewReport* ReportWriter::new_report(std::int64_t id)
{
    return id < first_new_id_ ? nullptr : &new_reports_[static_cast<std::size_t>(id - first_new_id_)];
}

}  // namespace riskbild::store
