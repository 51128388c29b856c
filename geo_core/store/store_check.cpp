#include "geo_core/store/store_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "geo_core/store/content_hash.hpp"
#include "geo_core/store/incident_writer.hpp"
#include "geo_core/store/packed_rtree.hpp"
#include "geo_core/store/place_check.hpp"
#include "geo_core/store/report_linker.hpp"
#include "geo_core/store/revision_table.hpp"

namespace riskbild::store {

namespace {

/// So many findings of one sort are told one by one.
constexpr std::size_t kToldOneByOne = 20;

/// The number of the version that is current by rule, for the report `r`.
constexpr char const* kRightVersion =
    "(SELECT v.id % 65536 FROM report_versions v WHERE v.id BETWEEN r.id * 65536 AND r.id * 65536 + 65535 "
    "ORDER BY v.last_seen DESC, v.content_hash DESC LIMIT 1)";

class Findings {
public:
    void count(std::int64_t found, std::string_view what)
    {
        if (found > 0) {
            sentences.push_back(fmt::format("{} {}", found, what));
        }
    }
    void tell(std::string sentence)
    {
        if (told_++ < kToldOneByOne) {
            sentences.push_back(std::move(sentence));
        } else {
            ++untold_;
        }
    }
    void finish() { count(untold_, "more incidents are not what the reports tell"); }

    std::vector<std::string> sentences;

private:
    std::size_t told_ = 0;
    std::int64_t untold_ = 0;
};

void check_file(Connection& connection, Findings& findings)
{
    Statement integrity(connection, "PRAGMA integrity_check(20)");
    integrity.query();
    while (integrity.step()) {
        if (integrity.text(0) != "ok") {
            findings.sentences.push_back(fmt::format("the file is damaged: {}", integrity.text(0)));
        }
    }
    Statement references(connection,
                         "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2");
    references.query();
    while (references.step()) {
        findings.sentences.push_back(fmt::format("{} rows of {} refer to rows of {} that are missing",
                                                 references.integer(2), references.text(0),
                                                 references.text(1)));
    }
}

/// SQLite does not see a byte that changed inside a text; the hashes do.
void check_contents(Connection& connection, Findings& findings)
{
    auto const altered = [&](char const* sql) {
        std::int64_t count = 0;
        Statement all(connection, sql);
        all.query();
        while (all.step()) {
            auto const hash = content_hash(all.text(1));
            count += std::ranges::equal(all.blob(0), hash) ? 0 : 1;
        }
        return count;
    };
    findings.count(altered("SELECT content_hash, payload FROM report_versions"),
                   "versions of reports are not as they were received");
    Statement keys(connection,
                   "SELECT r.key_number, s.name, r.source_key FROM reports r JOIN sources s "
                   "ON s.id = r.source_id");
    keys.query();
    std::int64_t lost = 0;
    while (keys.step()) {
        ReportKey const key{std::string(keys.text(1)), std::string(keys.text(2))};
        lost += keys.integer(0) == static_cast<std::int64_t>(public_number(key)) ? 0 : 1;
    }
    findings.count(lost, "reports are not found by their key");
    findings.count(altered("SELECT payload_hash, payload FROM set_aside_rows"),
                   "rows set aside are not as they were received");
}

void check_rules(Connection& connection, Findings& findings)
{
    findings.count(connection.integer(fmt::format(
                       "SELECT count(*) FROM reports r WHERE r.current_version IS NOT {}", kRightVersion)),
                   "reports have another current version than the one seen last");
    findings.count(connection.integer("SELECT count(*) FROM reports r JOIN report_versions v "
                                      "ON v.id = r.id * 65536 + r.current_version "
                                      "WHERE r.role <> v.role OR r.case_number IS NOT v.case_number "
                                      "OR r.started <> v.occurred_from"),
                   "reports differ from their current version in role, case number or start");
    findings.count(
        connection.integer("SELECT count(*) FROM (SELECT 1 FROM reports GROUP BY key_number, source_id, "
                           "source_key HAVING count(*) > 1)"),
        "keys belong to more than one report");
    findings.count(connection.integer("SELECT count(*) FROM report_versions WHERE first_seen > last_seen "
                                      "OR id / 65536 <> report_id"),
                   "versions of reports contradict themselves");
    findings.count(
        connection.integer(
            "SELECT count(*) FROM link_decisions d JOIN reports a ON a.id = d.report_a JOIN reports b "
            "ON b.id = d.report_b WHERE a.role = 0 AND b.role = 0 AND (a.incident_id = b.incident_id) <> "
            "d.together"),
        "decisions about two reports are overruled by others; `riskbild link decisions` lists them");
    findings.count(
        connection.integer("SELECT count(*) FROM set_aside_decisions d WHERE d.state = 'taken' AND "
                           "NOT EXISTS (SELECT 1 FROM reports r WHERE r.id = d.report_id)"),
        "rows of the desk are taken in as reports that are not there");
    findings.count(connection.integer("SELECT count(*) FROM incidents WHERE (geom IS NOT NULL) <> "
                                      "(precision IN ('exact', 'address', 'street'))"),
                   "incidents have a point without such a precision, or the other way round");
    findings.count(
        connection.integer("SELECT count(*) FROM incidents WHERE geom IS NOT NULL AND ST_IsEmpty(geom)"),
        "incidents have a geometry that is no point");
    findings.count(connection.integer("SELECT count(*) - count(DISTINCT public_id) FROM incidents"),
                   "incidents share a public id with another");
    findings.count(
        connection.integer("SELECT count(*) FROM incident_aliases WHERE absorbed_id IN "
                           "(SELECT id FROM incidents) OR public_id IN (SELECT public_id FROM incidents)"),
        "former names of incidents are also the names of present ones");
    findings.count(
        connection.integer("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE "
                           "'gpkg_%' AND name NOT LIKE 'rtree_%' AND name NOT LIKE 'sqlite_%' "
                           "AND name NOT IN (SELECT table_name FROM gpkg_contents)"),
        "tables are not registered in gpkg_contents");
    findings.count(connection.integer("SELECT count(*) FROM revisions WHERE id NOT BETWEEN 1 AND "
                                      "(SELECT count(*) FROM revisions)"),
                   "revisions are out of sequence");
}

/// Compares the stored incidents with those that follow from the reports.
class IncidentCheck {
public:
    IncidentCheck(Connection& connection, County const& county, int public_id_length, Findings& findings)
        : connection_(connection),
          kinds_(connection, county.kinds),
          table_(connection, county, kinds_),
          derivation_(connection, county, kinds_, public_id_length),
          findings_(findings)
    {
    }

    /// \param with_linked whether those of linked reports were derived by the rules of this program
    void run(bool with_linked)
    {
        derivation_.each_alone([&](ReportVoice const& voice, ReportKey const& key, std::int64_t incident) {
            auto const row = derivation_.alone(voice, public_number(key));
            compare(row);
            misplaced_ += incident == row.id ? 0 : 1;
        });
        if (with_linked) {
            compare_linked();
        }
        findings_.finish();
        findings_.count(misplaced_, "reports are not in the one incident they tell of");
    }

private:
    void compare_linked()
    {
        auto const others = derivation_.not_alone();
        std::unordered_map<std::int64_t, std::int64_t> right;
        for (auto const& incident : derivation_.linked(others)) {
            compare(incident.row);
            for (auto const report : incident.reports) {
                right[report] = incident.row.id;
            }
        }
        for (auto const& report : others) {
            auto const found = right.find(report.id);
            misplaced_ += report.incident == (found == right.end() ? 0 : found->second) ? 0 : 1;
        }
        findings_.count(connection_.integer("SELECT count(*) FROM incidents") - present_,
                        "incidents have no report");
    }

    void compare(IncidentRow const& right)
    {
        std::optional<IncidentRow> stored;
        try {
            stored = table_.find(right.id);
        } catch (StoreFailure const& failure) {
            if (failure.error().code != ErrorCode::damaged) {
                throw;
            }
            ++present_;
            findings_.tell(fmt::format("the incident {} cannot be read", right.public_id));
            return;
        }
        if (!stored) {
            findings_.tell(fmt::format("the incident {} is missing", right.public_id));
            return;
        }
        ++present_;
        auto expected = right;
        if (stored->public_id.starts_with(right.public_id + '-')) {
            expected.public_id = stored->public_id;
        }
        if (*stored != expected) {
            findings_.tell(fmt::format("the incident {} is not what its reports tell", right.public_id));
        }
    }

    Connection& connection_;
    KindDictionary kinds_;
    IncidentTable table_;
    IncidentDerivation derivation_;
    Findings& findings_;
    std::int64_t misplaced_ = 0;
    std::int64_t present_ = 0;
};

/// The pairs of reports against those that follow from the reports.
void check_pairs(Connection& connection, ReportLinker& linker, Findings& findings)
{
    auto const right = linker.all_pairs();
    Statement all(
        connection,
        "SELECT report_a, report_b, weight, one_source FROM link_pairs ORDER BY report_a, report_b");
    all.query();
    std::int64_t wrong = 0;
    auto expected = right.begin();
    while (all.step()) {
        linkage::LinkPair const stored{all.integer(0), all.integer(1), bits_of(all.integer(2)),
                                       all.integer(3) != 0};
        for (; expected != right.end() && std::pair{expected->a, expected->b} < std::pair{stored.a, stored.b};
             ++expected) {
            ++wrong;
        }
        bool const found = expected != right.end() && expected->a == stored.a && expected->b == stored.b;
        wrong += found && weight_of(expected->bits) == weight_of(stored.bits) &&
                         expected->one_source == stored.one_source
                     ? 0
                     : 1;
        expected += found ? 1 : 0;
    }
    wrong += right.end() - expected;
    findings.count(wrong, "pairs of reports are not what their reports tell");
}

std::uint64_t rows_of(Connection& connection, char const* table)
{
    return static_cast<std::uint64_t>(connection.integer(fmt::format("SELECT count(*) FROM {}", table)));
}

}  // namespace

Store::CheckReport check_store(Connection& connection, County const& county, Registration const& registration,
                               int public_id_length)
{
    // A check looks rows up across the whole file: with SQLite's 2 MB it would read every page many times.
    connection.execute("PRAGMA cache_size = -65536");
    Findings findings;
    findings.sentences = registration.check(connection);
    check_file(connection, findings);
    check_contents(connection, findings);
    check_rules(connection, findings);
    for (auto& sentence : check_rtree(connection)) {
        findings.sentences.push_back(std::move(sentence));
    }
    KindDictionary const kinds(connection, county.kinds);
    ReportLinker linker(connection, county, kinds);
    // What an older program linked is linked anew with the next import.
    bool const is_current = linker.is_current();
    if (is_current) {
        check_pairs(connection, linker, findings);
    }
    IncidentCheck(connection, county, public_id_length, findings).run(is_current);
    for (auto& sentence : check_places(connection, county)) {
        findings.sentences.push_back(std::move(sentence));
    }
    connection.execute("PRAGMA cache_size = -2000");
    return {std::move(findings.sentences),          rows_of(connection, "reports"),
            rows_of(connection, "report_versions"), rows_of(connection, "incidents"),
            rows_of(connection, "set_aside_rows"),  rows_of(connection, "named_places"),
            rows_of(connection, "figures")};
}

void repair_store(Connection& connection, County const& county, Registration const& registration,
                  int public_id_length)
{
    registration.repair(connection);
    connection.execute(fmt::format(
        "REINDEX; UPDATE reports AS r SET current_version = {0} WHERE current_version IS NOT {0}; "
        "UPDATE reports SET role = v.role, case_number = v.case_number, started = v.occurred_from "
        "FROM report_versions v WHERE v.id = reports.id * 65536 + reports.current_version "
        "AND (reports.role <> v.role OR reports.case_number IS NOT v.case_number "
        "OR reports.started <> v.occurred_from)",
        kRightVersion));
    KindDictionary kinds(connection, county.kinds);
    static_cast<void>(kinds.refresh());
    ReportLinker(connection, county, kinds).rebuild();
    IncidentWriter(connection, county, kinds, public_id_length).rebuild();
    add_revision(connection, "", "check --repair", {});
}

}  // namespace riskbild::store
