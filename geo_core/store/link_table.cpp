#include "geo_core/store/link_table.hpp"

#include <cmath>

#include <fmt/format.h>

#include "geo_core/linkage/pair_score.hpp"

namespace riskbild::store {

namespace {

linkage::LinkPair read_pair(Statement const& row)
{
    return {row.integer(0), row.integer(1), bits_of(row.integer(2)), row.integer(3) != 0};
}

constexpr char const* kOfReport =
    "SELECT report_a, report_b, weight, one_source FROM link_pairs WHERE report_a = ?1 "
    "UNION ALL SELECT report_a, report_b, weight, one_source FROM link_pairs WHERE report_b = ?1";

}  // namespace

std::int64_t weight_of(double bits)
{
    return std::llround(bits * 100.0);
}

double bits_of(std::int64_t weight)
{
    return static_cast<double>(weight) / 100.0;
}

LinkTable::LinkTable(Connection& connection)
    : connection_(connection),
      insert_(connection,
              "INSERT INTO link_pairs(report_a, report_b, weight, one_source) VALUES (?1, ?2, ?3, ?4)"),
      of_(connection, kOfReport),
      erase_a_(connection, "DELETE FROM link_pairs WHERE report_a = ?1"),
      erase_b_(connection, "DELETE FROM link_pairs WHERE report_b = ?1"),
      strong_(connection, fmt::format("SELECT 1 FROM ({}) WHERE weight >= {} LIMIT 1", kOfReport,
                                      weight_of(linkage::kSameBits)))
{
}

void LinkTable::insert(linkage::LinkPair const& pair)
{
    insert_.run(pair.a, pair.b, weight_of(pair.bits), pair.one_source);
}

std::vector<linkage::LinkPair> LinkTable::erase(std::int64_t report)
{
    auto former = of(report);
    if (!former.empty()) {
        erase_a_.run(report);
        erase_b_.run(report);
    }
    return former;
}

std::vector<linkage::LinkPair> LinkTable::of(std::int64_t report)
{
    std::vector<linkage::LinkPair> pairs;
    of_.query(report);
    while (of_.step()) {
        pairs.push_back(read_pair(of_));
    }
    return pairs;
}

std::vector<linkage::LinkPair> LinkTable::all()
{
    std::vector<linkage::LinkPair> pairs;
    pairs.reserve(static_cast<std::size_t>(connection_.integer("SELECT count(*) FROM link_pairs")));
    Statement every(connection_, "SELECT report_a, report_b, weight, one_source FROM link_pairs");
    every.query();
    while (every.step()) {
        pairs.push_back(read_pair(every));
    }
    return pairs;
}

bool LinkTable::is_strong(std::int64_t report)
{
    strong_.query(report);
    auto const found = strong_.step();
    strong_.reset();
    return found;
}

std::string tied_reports()
{
    return fmt::format(
        "SELECT report_a FROM link_decisions UNION SELECT report_b FROM link_decisions UNION "
        "SELECT report_a FROM link_pairs WHERE weight >= {0} UNION "
        "SELECT report_b FROM link_pairs WHERE weight >= {0}",
        weight_of(linkage::kSameBits));
}

}  // namespace riskbild::store
