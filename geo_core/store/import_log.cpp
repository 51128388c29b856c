#include "geo_core/store/import_log.hpp"

#include "geo_core/store/geopackage_time.hpp"

namespace riskbild::store {

namespace {

std::int64_t number(std::uint64_t count)
{
    return static_cast<std::int64_t>(count);
}

Instant time_of(std::string_view committed_at)
{
    auto const at = parse_date_time(committed_at);
    if (!at) {
        throw StoreFailure(ErrorCode::damaged, "an import has no time");
    }
    return *at;
}

}  // namespace

void write_import(Connection& connection, std::string const& source, std::string const& file,
                  ImportReport const& report, std::uint64_t rows_hash)
{
    Statement(connection,
              "INSERT INTO import_log(committed_at, source, file, read_rows, new_rows, revised_rows, "
              "unchanged_rows, outside_rows, set_aside_rows, context_rows, rows_hash) VALUES "
              "(strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")
        .run(source, file, number(report.read), number(report.new_), number(report.revised),
             number(report.unchanged), number(report.outside), number(report.set_aside),
             number(report.context), number(rows_hash));
}

std::optional<SameRows> read_same_rows(Connection& connection, std::uint64_t rows_hash)
{
    Statement most(connection,
                   "SELECT source, file, committed_at, new_rows + revised_rows + unchanged_rows AS in_store "
                   "FROM import_log WHERE rows_hash = ?1 ORDER BY in_store DESC, id LIMIT 1");
    most.query(number(rows_hash));
    if (!most.step()) {
        return std::nullopt;
    }
    return SameRows{std::string(most.text(0)), std::string(most.text(1)), time_of(most.text(2)),
                    static_cast<std::uint64_t>(most.integer(3))};
}

std::vector<ImportSums> read_import_sums(Connection& connection)
{
    Statement all(
        connection,
        "SELECT s.source, s.files, s.read, s.new, s.revised, s.unchanged, s.outside, s.set_aside, "
        "s.context, l.committed_at, l.file FROM (SELECT source, count(*) AS files, sum(read_rows) AS "
        "read, sum(new_rows) AS new, sum(revised_rows) AS revised, sum(unchanged_rows) AS unchanged, "
        "sum(outside_rows) AS outside, sum(set_aside_rows) AS set_aside, sum(context_rows) AS "
        "context, max(id) AS last FROM import_log GROUP BY source) s JOIN import_log l ON l.id = "
        "s.last ORDER BY s.source");
    all.query();
    std::vector<ImportSums> sums;
    while (all.step()) {
        auto const count = [&](int column) { return static_cast<std::uint64_t>(all.integer(column)); };
        sums.push_back({std::string(all.text(0)), count(1), count(2), count(3), count(4), count(5), count(6),
                        count(7), count(8), time_of(all.text(9)), std::string(all.text(10))});
    }
    return sums;
}

}  // namespace riskbild::store
