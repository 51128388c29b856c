#include "geo_core/store/link_review.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

#include <fmt/format.h>

#include "geo_core/store/content_hash.hpp"
#include "geo_core/store/geopackage_time.hpp"
#include "geo_core/store/incident_derivation.hpp"
#include "geo_core/store/incident_details.hpp"
#include "geo_core/store/incident_writer.hpp"
#include "geo_core/store/link_table.hpp"
#include "geo_core/store/stored_values.hpp"

namespace riskbild::store {

namespace {

ReportKey key_at(Statement const& row, int first_column, County const& county)
{
    return {source_at(row, first_column, county).name, std::string(row.text(first_column + 1))};
}

struct StandingReport {
    ReportRole role;
    std::int64_t incident;
};

StandingReport standing(Connection& connection, std::int64_t report)
{
    Statement find(connection, "SELECT role, incident_id FROM reports WHERE id = ?1");
    find.query(report);
    find.step();
    return {static_cast<ReportRole>(find.integer(0)), find.integer(1)};
}

/// Empty for a report of background, which is in none.
std::string public_id_of(Connection& connection, std::int64_t incident)
{
    Statement find(connection, "SELECT public_id FROM incidents WHERE id = ?1");
    find.query(incident);
    return find.step() ? std::string(find.text(0)) : std::string{};
}

std::array<std::int64_t, 2> numbers_of(Connection& connection, County const& county, ReportKey const& a,
                                       ReportKey const& b)
{
    std::array numbers{report_number(connection, county, a), report_number(connection, county, b)};
    if (numbers[0] == numbers[1]) {
        throw StoreFailure(ErrorCode::wrong_use, fmt::format("{} is named twice", name_of(a)));
    }
    std::ranges::sort(numbers);
    return numbers;
}

/// A verdict on a report of that report's incident that does not hold.
std::optional<LinkVerdict> overruled_near(Connection& connection, County const& county, std::int64_t report)
{
    auto const incident = standing(connection, report).incident;
    for (auto& verdict : read_verdicts(connection, county)) {
        auto const a = standing(connection, report_number(connection, county, verdict.a));
        auto const b = standing(connection, report_number(connection, county, verdict.b));
        // One that has become background since is in no incident, and its verdict waits.
        if (a.role == ReportRole::incident && b.role == ReportRole::incident &&
            (a.incident == incident || b.incident == incident) &&
            (a.incident == b.incident) != verdict.together) {
            return std::move(verdict);
        }
    }
    return std::nullopt;
}

void forget(Connection& connection, std::array<std::int64_t, 2> const& numbers)
{
    Statement(connection,
              "DELETE FROM link_decisions WHERE (report_a = ?1 AND report_b = ?2) OR "
              "(report_a = ?2 AND report_b = ?1)")
        .run(numbers[0], numbers[1]);
}

void relink(Connection& connection, County const& county, std::span<std::int64_t const> reports,
            int public_id_length)
{
    KindDictionary kinds(connection, county.kinds);
    IncidentWriter(connection, county, kinds, public_id_length).write({}, reports, {});
}

}  // namespace

std::int64_t report_number(Connection& connection, County const& county, ReportKey const& key)
{
    Statement find(connection, "SELECT id, source_id FROM reports WHERE key_number = ?1 AND source_key = ?2");
    find.query(static_cast<std::int64_t>(public_number(key)), key.source_id);
    while (find.step()) {
        if (source_at(find, 1, county).name == key.source) {
            return find.integer(0);
        }
    }
    throw StoreFailure(ErrorCode::not_found, fmt::format("there is no report {}", name_of(key)));
}

LinkCandidates read_link_candidates(Connection& connection, County const& county,
                                    LinkCandidateChoice const& choice)
{
    Statement all(connection,
                  "SELECT a.source_id, a.source_key, b.source_id, b.source_key, p.weight, ia.public_id, "
                  "ib.public_id, count(*) OVER () FROM link_pairs p JOIN reports a ON a.id = p.report_a JOIN "
                  "reports b ON b.id "
                  "= p.report_b JOIN incidents ia ON ia.id = a.incident_id JOIN incidents ib ON ib.id = "
                  "b.incident_id JOIN sources sa ON sa.id = a.source_id JOIN sources sb ON sb.id = "
                  "b.source_id WHERE a.incident_id <> b.incident_id AND (?1 = '' OR ?1 IN (sa.name, "
                  "sb.name)) AND NOT EXISTS (SELECT 1 FROM link_decisions d WHERE (d.report_a = p.report_a "
                  "AND d.report_b = p.report_b) OR (d.report_a = p.report_b AND d.report_b = p.report_a)) "
                  "ORDER BY p.weight DESC, sa.name, a.source_key, sb.name, b.source_key LIMIT ?2");
    all.query(choice.source, static_cast<std::int64_t>(std::min<std::size_t>(choice.limit, INT32_MAX)));
    LinkCandidates candidates;
    while (all.step()) {
        candidates.n = static_cast<std::uint64_t>(all.integer(7));
        LinkCandidate candidate{key_at(all, 0, county), key_at(all, 2, county), bits_of(all.integer(4)),
                                std::string(all.text(5)), std::string(all.text(6))};
        if (candidate.b < candidate.a) {
            std::swap(candidate.a, candidate.b);
            std::swap(candidate.incident_a, candidate.incident_b);
        }
        candidates.pairs.push_back(std::move(candidate));
    }
    std::ranges::stable_sort(candidates.pairs, [](LinkCandidate const& x, LinkCandidate const& y) {
        return std::tie(y.bits, x.a, x.b) < std::tie(x.bits, y.a, y.b);
    });
    return candidates;
}

std::vector<LinkVerdict> read_verdicts(Connection& connection, County const& county)
{
    Statement all(connection,
                  "SELECT a.source_id, a.source_key, b.source_id, b.source_key, d.together, d.decided_by, "
                  "d.reason, d.decided_at FROM link_decisions d JOIN reports a ON a.id = d.report_a "
                  "JOIN reports b ON b.id = d.report_b");
    all.query();
    std::vector<LinkVerdict> verdicts;
    while (all.step()) {
        auto const at = parse_date_time(all.text(7));
        if (!at) {
            throw StoreFailure(ErrorCode::damaged, "a decision about two reports has no time");
        }
        LinkVerdict verdict{key_at(all, 0, county),   key_at(all, 2, county),   all.integer(4) != 0,
                            std::string(all.text(5)), std::string(all.text(6)), *at};
        if (verdict.b < verdict.a) {
            std::swap(verdict.a, verdict.b);
        }
        verdicts.push_back(std::move(verdict));
    }
    std::ranges::sort(verdicts, {},
                      [](LinkVerdict const& verdict) { return std::tie(verdict.a, verdict.b); });
    return verdicts;
}

void write_verdict(Connection& connection, County const& county, LinkVerdict const& verdict,
                   int public_id_length)
{
    auto const numbers = numbers_of(connection, county, verdict.a, verdict.b);
    for (auto const& [number, key] : {std::pair{numbers[0], &verdict.a}, std::pair{numbers[1], &verdict.b}}) {
        if (standing(connection, number).role != ReportRole::incident) {
            throw StoreFailure(ErrorCode::wrong_use,
                               fmt::format("one of {} and {} is background and tells of no incident",
                                           name_of(verdict.a), name_of(verdict.b)));
        }
    }
    forget(connection, numbers);
    Statement(connection,
              "INSERT INTO link_decisions(report_a, report_b, together, decided_by, decided_at, reason) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
        .run(numbers[0], numbers[1], verdict.together, verdict.by, DateTimeText(verdict.at).view(),
             verdict.reason);
    relink(connection, county, numbers, public_id_length);
    auto const one = standing(connection, numbers[0]).incident == standing(connection, numbers[1]).incident;
    if (one != verdict.together) {
        throw StoreFailure(ErrorCode::wrong_use,
                           fmt::format("other decisions hold {} and {} {}: withdraw one of them first",
                                       name_of(verdict.a), name_of(verdict.b), one ? "together" : "apart"));
    }
    if (auto const other = overruled_near(connection, county, numbers[0])) {
        throw StoreFailure(
            ErrorCode::wrong_use,
            fmt::format("{} decided that {} and {} are {}: withdraw that first", other->by, name_of(other->a),
                        name_of(other->b), other->together ? "one event" : "two events"));
    }
}

void withdraw_verdict(Connection& connection, County const& county, ReportKey const& a, ReportKey const& b,
                      int public_id_length)
{
    auto const numbers = numbers_of(connection, county, a, b);
    forget(connection, numbers);
    if (connection.changes() == 0) {
        throw StoreFailure(ErrorCode::not_found,
                           fmt::format("nothing has been decided of {} and {}", name_of(a), name_of(b)));
    }
    relink(connection, county, numbers, public_id_length);
}

LinkComparison read_comparison(Connection& connection, County const& county, ReportKey const& a,
                               ReportKey const& b)
{
    LinkComparison comparison;
    std::array<linkage::LinkReport, 2> reports;
    KindDictionary const kinds(connection, county.kinds);
    std::array<std::int64_t, 2> incidents{};
    for (auto const i : {0U, 1U}) {
        auto const& key = i == 0 ? a : b;
        auto const number = report_number(connection, county, key);
        auto& voice = i == 0 ? comparison.a : comparison.b;
        voice = read_voice_of(connection, county, number);
        Statement row(connection, std::string("SELECT r.source_id, r.incident_id, ") + kVoiceColumns +
                                      " FROM reports r JOIN report_versions v ON v.id = r.id * 65536 + "
                                      "r.current_version WHERE r.id = ?1");
        row.query(number);
        row.step();
        auto const said = read_voice(row, 2, number, source_id_at(row, 0, county), county);
        incidents[i] = row.integer(1);
        reports[i] = {{number, said.source, kinds.kind(said.kind), said.occurred, said.place},
                      voice.case_number,
                      voice.title,
                      voice.text,
                      voice.place_text};
    }
    comparison.score = linkage::PairScorer(county).score(reports[0], reports[1]);
    if (comparison.score) {
        auto const words = [](linkage::LinkReport const& report) {
            return linkage::ReportWords::of(report.title, report.text, report.place_text);
        };
        comparison.shared_words = linkage::shared_words(words(reports[0]), words(reports[1]),
                                                        linkage::PairScorer::with_places(*comparison.score));
    }
    comparison.incident_a = public_id_of(connection, incidents[0]);
    comparison.incident_b = public_id_of(connection, incidents[1]);
    for (auto& verdict : read_verdicts(connection, county)) {
        if (std::pair{verdict.a, verdict.b} == std::pair{std::min(a, b), std::max(a, b)}) {
            comparison.verdict = std::move(verdict);
        }
    }
    return comparison;
}

}  // namespace riskbild::store
