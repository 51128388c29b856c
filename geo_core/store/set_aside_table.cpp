#include "geo_core/store/set_aside_table.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "geo_core/store/content_hash.hpp"
#include "geo_core/store/geopackage_time.hpp"
#include "geo_core/store/incident_derivation.hpp"
#include "geo_core/store/incident_writer.hpp"
#include "geo_core/store/kind_dictionary.hpp"
#include "geo_core/store/link_review.hpp"
#include "geo_core/store/report_linker.hpp"
#include "geo_core/store/stored_values.hpp"

namespace riskbild::store {

namespace {

constexpr char const* kJoined =
    " FROM set_aside_rows r LEFT JOIN set_aside_decisions d ON d.source = r.source AND d.payload_hash = "
    "r.payload_hash ";

/// What a later import could use as it is has left the list, and nobody decided anything about it.
std::string is_open()
{
    return fmt::format(
        "coalesce(d.state, '') IN ('', 'corrected', 'tried') AND (r.source, r.payload_hash) NOT IN "
        "({})",
        kToldSince);
}

constexpr char const* kReason = "CASE WHEN d.state = 'tried' THEN d.reason ELSE r.reason END";

std::string condition_of(SetAsideState state)
{
    switch (state) {
        case SetAsideState::open:
            return is_open();
        case SetAsideState::taken:
            return "d.state IN ('taken', 'outside')";
        case SetAsideState::dropped:
            break;
    }
    return "d.state = 'dropped'";
}

/// A text as LIKE takes it to the letter, anywhere.
std::string anywhere(std::string_view text)
{
    std::string pattern = "%";
    for (auto const c : text) {
        if (c == '%' || c == '_' || c == '\\') {
            pattern += '\\';
        }
        pattern += c;
    }
    return pattern + '%';
}

/// Texts that come again and again, as numbers.
class Names {
public:
    std::uint32_t number_of(std::string_view name)
    {
        auto const known = numbers_.find(name);
        if (known != numbers_.end()) {
            return known->second;
        }
        auto const number = static_cast<std::uint32_t>(names_.size());
        numbers_.emplace(name, number);
        names_.emplace_back(name);
        counts_.push_back(0);
        return number;
    }
    void count(std::uint32_t number) { ++counts_[number]; }
    [[nodiscard]] std::string const& operator[](std::uint32_t number) const { return names_[number]; }

    [[nodiscard]] SetAsideCounts counts(std::size_t most) const
    {
        SetAsideCounts counts;
        for (std::size_t i = 0; i < names_.size(); ++i) {
            counts.emplace_back(names_[i], counts_[i]);
        }
        std::ranges::sort(counts, [](auto const& a, auto const& b) {
            return std::tie(b.second, a.first) < std::tie(a.second, b.first);
        });
        counts.resize(std::min(most, counts.size()));
        return counts;
    }

private:
    std::map<std::string, std::uint32_t, std::less<>> numbers_;
    std::vector<std::string> names_;
    std::vector<std::uint64_t> counts_;
};

/// A row as far as it takes to order it.
struct Found {
    std::int64_t id;
    std::int64_t row;
    std::uint32_t source, file, reason;
};

struct Row {
    std::string source;
    std::vector<std::byte> hash;
    std::optional<std::int64_t> decision;
    std::string state;
};

Row row_of(Connection& connection, std::int64_t id)
{
    Statement find(connection,
                   fmt::format("SELECT r.source, r.payload_hash, d.id, d.state {} WHERE r.id = ?1", kJoined));
    find.query(id);
    if (!find.step()) {
        throw StoreFailure(ErrorCode::not_found, fmt::format("there is no row {} on the desk", id));
    }
    auto const hash = find.blob(1);
    return {std::string(find.text(0)),
            {hash.begin(), hash.end()},
            find.is_null(2) ? std::nullopt : std::optional{find.integer(2)},
            std::string(find.text(3))};
}

Row open_row(Connection& connection, std::int64_t id)
{
    auto row = row_of(connection, id);
    if (row.state == "taken" || row.state == "outside" || row.state == "dropped") {
        throw StoreFailure(ErrorCode::wrong_use,
                           fmt::format("row {} is {} already; undo that first", id,
                                       row.state == "dropped" ? "dropped" : "taken in"));
    }
    return row;
}

std::int64_t decision_of(Connection& connection, Row const& row)
{
    if (row.decision) {
        return *row.decision;
    }
    Statement(connection,
              "INSERT INTO set_aside_decisions(source, payload_hash, state, payload, corrected_by, "
              "settled_by, reason, column_name, message) VALUES (?1, ?2, 'corrected', '', '', '', '', '', "
              "'')")
        .run(row.source, Blob(row.hash));
    return connection.last_insert_rowid();
}

char const* state_of(Settlement::What what)
{
    switch (what) {
        case Settlement::What::taken:
            return "taken";
        case Settlement::What::outside:
            return "outside";
        case Settlement::What::set_aside:
            return "tried";
        case Settlement::What::dropped:
            break;
    }
    return "dropped";
}

Instant moment_at(Statement const& row, int column)
{
    auto const at = parse_date_time(row.text(column));
    if (!at) {
        throw StoreFailure(ErrorCode::damaged, "a decision about a row set aside has no time");
    }
    return *at;
}

std::optional<ReportKey> key_of(Connection& connection, County const& county, std::int64_t report)
{
    Statement find(connection, "SELECT source_id, source_key FROM reports WHERE id = ?1");
    find.query(report);
    if (!find.step()) {
        return std::nullopt;
    }
    return ReportKey{source_at(find, 0, county).name, std::string(find.text(1))};
}

Settlement::What what_of(std::string_view state)
{
    if (state == "taken") {
        return Settlement::What::taken;
    }
    if (state == "outside") {
        return Settlement::What::outside;
    }
    return state == "dropped" ? Settlement::What::dropped : Settlement::What::set_aside;
}

std::vector<std::pair<std::string, std::string>> changes_of(Connection& connection, std::int64_t decision)
{
    Statement all(connection,
                  "SELECT column_name, value FROM set_aside_changes WHERE decision_id = ?1 ORDER BY id");
    all.query(decision);
    std::vector<std::pair<std::string, std::string>> changes;
    while (all.step()) {
        changes.emplace_back(all.text(0), all.text(1));
    }
    return changes;
}

void forget_correction(Connection& connection, std::int64_t decision)
{
    Statement(connection, "DELETE FROM set_aside_changes WHERE decision_id = ?1").run(decision);
    Statement(connection, "DELETE FROM set_aside_decisions WHERE id = ?1").run(decision);
}

/// Takes out what only rows of the desk said of a report.
class Withdrawal {
public:
    Withdrawal(Connection& connection, County const& county, int public_id_length)
        : connection_(connection),
          county_(county),
          kinds_(connection, county.kinds),
          public_id_length_(public_id_length)
    {
    }

    /// Of a version that a row of the desk told until now: it goes unless files or other rows tell it, and is
    /// seen when they told it. \return whether anything changed
    bool withdraw(std::int64_t report, Blob version_hash)
    {
        Statement find(connection_,
                       "SELECT id, first_seen, last_seen FROM report_versions WHERE id BETWEEN ?1 AND ?2 AND "
                       "content_hash = ?3");
        find.query(version_id(report, 0), version_id(report + 1, -1), version_hash);
        if (!find.step()) {
            return false;
        }
        auto const version = find.integer(0);
        auto const stood = std::pair{find.integer(1), find.integer(2)};
        find.reset();
        auto const told = told_otherwise(report, version_hash);
        forget_when_no_row_tells(report, version_hash);
        if (told == stood) {
            return false;
        }
        auto const former_cases = case_numbers(report);
        if (told) {
            Statement(connection_, "UPDATE report_versions SET first_seen = ?2, last_seen = ?3 WHERE id = ?1")
                .run(version, told->first, told->second);
            show_newest(report);
            relink(report, former_cases);
            return true;
        }
        Statement others(connection_,
                         "SELECT 1 FROM report_versions WHERE id BETWEEN ?1 AND ?2 AND id <> ?3");
        others.query(version_id(report, 0), version_id(report + 1, -1), version);
        auto const has_others = others.step();
        others.reset();
        if (has_others) {
            forget_version(version);
            show_newest(report);
        } else {
            // Background belongs to no incident: linkage lets go of it before it is gone.
            Statement(connection_, "UPDATE reports SET role = 1, case_number = NULL WHERE id = ?1")
                .run(report);
            Statement(connection_, "DELETE FROM link_decisions WHERE report_a = ?1 OR report_b = ?1")
                .run(report);
        }
        relink(report, former_cases);
        if (!has_others) {
            forget_version(version);
            Statement(connection_, "DELETE FROM incident_aliases WHERE report_id = ?1").run(report);
            Statement(connection_, "DELETE FROM reports WHERE id = ?1").run(report);
        }
        return true;
    }

private:
    using Seen = std::pair<std::int64_t, std::int64_t>;

    /// When files and other rows of the desk told it first and last.
    std::optional<Seen> told_otherwise(std::int64_t report, Blob version_hash)
    {
        Statement all(connection_,
                      "SELECT min(first), max(last) FROM (SELECT first_seen AS first, last_seen AS last FROM "
                      "desk_versions WHERE report_id = ?1 AND version_hash = ?2 UNION ALL SELECT seen, seen "
                      "FROM set_aside_decisions WHERE state = 'taken' AND report_id = ?1 AND version_hash = "
                      "?2)");
        all.query(report, version_hash);
        all.step();
        return all.is_null(0) ? std::nullopt : std::optional<Seen>{{all.integer(0), all.integer(1)}};
    }

    void forget_when_no_row_tells(std::int64_t report, Blob version_hash)
    {
        Statement(
            connection_,
            "DELETE FROM desk_versions WHERE report_id = ?1 AND version_hash = ?2 AND NOT EXISTS (SELECT "
            "1 FROM set_aside_decisions WHERE state = 'taken' AND report_id = ?1 AND version_hash = ?2)")
            .run(report, version_hash);
    }

    std::vector<std::string> case_numbers(std::int64_t report)
    {
        Statement find(connection_, "SELECT case_number FROM reports WHERE id = ?1 AND case_number NOTNULL");
        find.query(report);
        std::vector<std::string> numbers;
        while (find.step()) {
            numbers.emplace_back(find.text(0));
        }
        return numbers;
    }

    void show_newest(std::int64_t report)
    {
        Statement newest(connection_,
                         "SELECT id, role, case_number, occurred_from FROM report_versions WHERE id BETWEEN "
                         "?1 AND ?2 ORDER BY last_seen DESC, content_hash DESC LIMIT 1");
        newest.query(version_id(report, 0), version_id(report + 1, -1));
        newest.step();
        Statement(connection_,
                  "UPDATE reports SET current_version = ?2, role = ?3, case_number = ?4, started = ?5 "
                  "WHERE id = ?1")
            .run(report, newest.integer(0) % kVersionsPerReport, newest.integer(1),
                 newest.is_null(2) ? std::nullopt : std::optional{std::string(newest.text(2))},
                 newest.integer(3));
    }

    void forget_version(std::int64_t version)
    {
        Statement(connection_, "DELETE FROM report_versions WHERE id = ?1").run(version);
    }

    void relink(std::int64_t report, std::vector<std::string> const& former_cases)
    {
        ReportLinker linker(connection_, county_, kinds_);
        IncidentWriter incidents(connection_, county_, kinds_, public_id_length_);
        if (!linker.is_current()) {
            linker.rebuild();
            incidents.rebuild();
            return;
        }
        std::array const changed{report};
        auto to_link = linker.update({}, changed);
        to_link.push_back(report);
        incidents.write({}, to_link, former_cases);
    }

    Connection& connection_;
    County const& county_;
    KindDictionary kinds_;
    int public_id_length_;
};

}  // namespace

SetAsidePage read_set_aside_page(Connection& connection, County const& county, SetAsideQuery const& query)
{
    Names sources, files, reasons;
    std::vector<Found> found;
    Statement all(
        connection,
        fmt::format("SELECT r.id, r.row_number, r.source, r.file, {0} {1} WHERE {2} AND (?1 = '' OR "
                    "r.source = ?1) AND (?2 = '' OR r.file = ?2) AND (?3 = '' OR {0} = ?3) AND "
                    "(?4 = '%%' OR r.payload LIKE ?4 ESCAPE '\\' OR r.message LIKE ?4 ESCAPE '\\')",
                    kReason, kJoined, condition_of(query.state)));
    auto const pattern = anywhere(query.text);
    all.query(query.source, query.file, query.reason, pattern);
    while (all.step()) {
        found.push_back({all.integer(0), all.integer(1), sources.number_of(all.text(2)),
                         files.number_of(all.text(3)), reasons.number_of(all.text(4))});
        sources.count(found.back().source);
        files.count(found.back().file);
        reasons.count(found.back().reason);
    }
    auto const by_file = [&](Found const& one) {
        return std::tie(sources[one.source], files[one.file], one.row, one.id);
    };
    std::ranges::sort(found, [&](Found const& a, Found const& b) {
        switch (query.order) {
            case SetAsideQuery::Order::newest:
                return a.id > b.id;
            case SetAsideQuery::Order::reason:
                if (a.reason != b.reason) {
                    return reasons[a.reason] < reasons[b.reason];
                }
                break;
            case SetAsideQuery::Order::file:
                break;
        }
        return by_file(a) < by_file(b);
    });

    constexpr std::size_t kMostFiles = 100;
    SetAsidePage page{
        found.size(), {}, reasons.counts(SIZE_MAX), sources.counts(SIZE_MAX), files.counts(kMostFiles)};
    auto const first = std::min(query.offset, found.size());
    auto const last = first + std::min(query.limit, found.size() - first);
    for (auto i = first; i < last; ++i) {
        page.entries.push_back(read_set_aside_entry(connection, county, found[i].id));
    }
    return page;
}

SetAsideEntry read_set_aside_entry(Connection& connection, County const& county, std::int64_t id)
{
    Statement find(connection,
                   fmt::format("SELECT r.source, r.file, r.row_number, r.column_name, r.reason, r.message, "
                               "r.payload, coalesce(p.recipe, ''), d.state, d.payload, d.corrected_by, "
                               "d.corrected_at, d.settled_by, d.settled_at, d.reason, d.column_name, "
                               "d.message, d.report_id, d.seen, d.id {} LEFT JOIN "
                               "reading_recipes p ON p.id = r.recipe_id WHERE r.id = ?1",
                               kJoined));
    find.query(id);
    if (!find.step()) {
        throw StoreFailure(ErrorCode::not_found, fmt::format("there is no row {} on the desk", id));
    }
    auto const text = [&](int column) { return std::string(find.text(column)); };
    SetAsideEntry entry;
    entry.id = id;
    entry.row = {text(0), text(1), static_cast<std::uint64_t>(find.integer(2)), text(3), text(4),
                 text(5), text(6)};
    entry.recipe = text(7);
    auto const state = text(8);
    if (state.empty()) {
        return entry;
    }
    if (!find.is_null(11)) {
        entry.correction =
            Correction{changes_of(connection, find.integer(19)), text(9), text(10), moment_at(find, 11)};
    }
    if (state == "corrected") {
        return entry;
    }
    Settlement settlement{.what = what_of(state), .by = text(12), .at = moment_at(find, 13)};
    settlement.reason = text(14);
    settlement.column = text(15);
    settlement.message = text(16);
    if (settlement.what == Settlement::What::taken) {
        settlement.report = key_of(connection, county, find.integer(17));
        settlement.seen = instant_at(find, 18);
    }
    entry.state = settlement.what == Settlement::What::set_aside ? SetAsideState::open
                  : settlement.what == Settlement::What::dropped ? SetAsideState::dropped
                                                                 : SetAsideState::taken;
    entry.settlement = std::move(settlement);
    return entry;
}

std::int64_t recipe_number(Connection& connection, std::string const& recipe)
{
    Statement(connection, "INSERT INTO reading_recipes(recipe) VALUES (?1) ON CONFLICT(recipe) DO NOTHING")
        .run(recipe);
    Statement find(connection, "SELECT id FROM reading_recipes WHERE recipe = ?1");
    find.query(recipe);
    find.step();
    return find.integer(0);
}

Standing standing_of(Connection& connection, County const& county, ReportKey const& key,
                     std::string const& payload)
{
    Statement find(connection, "SELECT id, source_id FROM reports WHERE key_number = ?1 AND source_key = ?2");
    find.query(static_cast<std::int64_t>(public_number(key)), key.source_id);
    while (find.step()) {
        if (source_at(find, 1, county).name != key.source) {
            continue;
        }
        auto const report = find.integer(0);
        auto const hash = content_hash(payload);
        Statement same(connection,
                       "SELECT 1 FROM report_versions WHERE id BETWEEN ?1 AND ?2 AND content_hash = ?3");
        same.query(version_id(report, 0), version_id(report + 1, -1), Blob(hash));
        return same.step() ? Standing::says_the_same : Standing::says_otherwise;
    }
    return Standing::unknown;
}

void write_correction(Connection& connection, std::int64_t id, Correction const& correction)
{
    auto const row = open_row(connection, id);
    auto const decision = decision_of(connection, row);
    Statement(connection,
              "UPDATE set_aside_decisions SET state = 'corrected', payload = ?2, corrected_by = ?3, "
              "corrected_at = ?4, settled_by = '', settled_at = NULL, reason = '', column_name = '', message "
              "= '' WHERE id = ?1")
        .run(decision, correction.payload, correction.by, DateTimeText(correction.at).view());
    Statement(connection, "DELETE FROM set_aside_changes WHERE decision_id = ?1").run(decision);
    Statement insert(connection,
                     "INSERT INTO set_aside_changes(decision_id, column_name, value) VALUES (?1, ?2, ?3)");
    for (auto const& [column, value] : correction.values) {
        insert.run(decision, column, value);
    }
}

void write_drops(Connection& connection, County const& county, std::span<std::int64_t const> ids,
                 Settlement const& settlement)
{
    std::set<std::int64_t> dropped;  // decisions: of a row with two reasons there is one
    for (auto const id : ids) {
        auto const known = row_of(connection, id).decision;
        if (known && dropped.contains(*known)) {
            continue;
        }
        write_settlement(connection, county, id, settlement);
        dropped.insert(*row_of(connection, id).decision);
    }
}

void write_settlement(Connection& connection, County const& county, std::int64_t id,
                      Settlement const& settlement)
{
    auto const row = open_row(connection, id);
    auto const decision = decision_of(connection, row);
    std::optional<std::int64_t> report;
    std::optional<ContentHash> hash;
    if (settlement.report) {
        report = report_number(connection, county, *settlement.report);
        hash = content_hash(settlement.payload);
        Statement(connection,
                  "INSERT INTO desk_versions(report_id, version_hash) VALUES (?1, ?2) ON CONFLICT DO NOTHING")
            .run(*report, Blob(*hash));
    }
    Statement(connection,
              "UPDATE set_aside_decisions SET state = ?2, settled_by = ?3, settled_at = ?4, reason = ?5, "
              "column_name = ?6, message = ?7, report_id = ?8, version_hash = ?9, seen = ?10 WHERE id = ?1")
        .run(decision, state_of(settlement.what), settlement.by, DateTimeText(settlement.at).view(),
             settlement.reason, settlement.column, settlement.message, report,
             hash ? std::optional<Blob>(*hash) : std::nullopt,
             report ? std::optional{static_cast<std::int64_t>(settlement.seen.time_since_epoch().count())}
                    : std::nullopt);
}

bool undo_decision(Connection& connection, County const& county, std::int64_t id, int public_id_length)
{
    auto const row = row_of(connection, id);
    if (!row.decision) {
        throw StoreFailure(ErrorCode::wrong_use, fmt::format("nothing was done about row {}", id));
    }
    if (row.state == "corrected" || row.state == "tried") {
        forget_correction(connection, *row.decision);
        return false;
    }
    Statement find(connection,
                   "SELECT report_id, version_hash, corrected_at FROM set_aside_decisions WHERE id = ?1");
    find.query(*row.decision);
    find.step();
    auto const report = find.integer(0);
    auto const told_a_version = !find.is_null(1);
    auto const hash = std::vector<std::byte>(find.blob(1).begin(), find.blob(1).end());
    auto const is_corrected = !find.is_null(2);
    find.reset();
    if (is_corrected) {
        Statement(
            connection,
            "UPDATE set_aside_decisions SET state = 'corrected', settled_by = '', settled_at = NULL, "
            "reason = '', column_name = '', message = '', report_id = NULL, version_hash = NULL, seen = "
            "NULL WHERE id = ?1")
            .run(*row.decision);
    } else {
        forget_correction(connection, *row.decision);
    }
    return told_a_version && Withdrawal(connection, county, public_id_length).withdraw(report, Blob(hash));
}

void forget_decisions_without_rows(Connection& connection)
{
    connection.execute(
        "DELETE FROM set_aside_changes WHERE decision_id IN (SELECT d.id FROM set_aside_decisions d WHERE "
        "d.state IN ('corrected', 'tried') AND NOT EXISTS (SELECT 1 FROM set_aside_rows r WHERE r.source = "
        "d.source AND r.payload_hash = d.payload_hash)); "
        "DELETE FROM set_aside_decisions WHERE state IN ('corrected', 'tried') AND NOT EXISTS (SELECT 1 FROM "
        "set_aside_rows r WHERE r.source = set_aside_decisions.source AND r.payload_hash = "
        "set_aside_decisions.payload_hash)");
}

}  // namespace riskbild::store
