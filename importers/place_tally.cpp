#include "importers/place_tally.hpp"

#include <fmt/format.h>

#include "importers/import_tally.hpp"

namespace riskbild::importers {

PlaceTally::PlaceTally(PlaceSession& session, std::string source, std::string file) : session_(&session)
{
    report_.source = std::move(source);
    row_file_ = file;
    report_.files.push_back(std::move(file));
}

Taken PlaceTally::combined(Taken a, Taken b)
{
    if (a == b)
        return a;
    return a == Taken::duplicate_id || b == Taken::duplicate_id ? Taken::duplicate_id : Taken::revised;
}

Result<void> PlaceTally::count(Result<Taken> const& taken, std::uint64_t row, std::string_view id_column,
                               std::string_view payload)
{
    if (!taken)
        return Failure{taken.error()};
    if (*taken == Taken::duplicate_id)
        return set_aside(row, {.column = std::string{id_column},
                               .reason = "duplicate_id",
                               .message = "the same id is in this file with other content already",
                               .payload = std::string{payload}});
    ++report_.read;
    ++(*taken == Taken::new_ ? report_.new_ : *taken == Taken::revised ? report_.revised : report_.unchanged);
    return {};
}

Result<void> PlaceTally::set_aside(std::uint64_t row, RowProblem problem)
{
    auto aside = as_set_aside(report_.source, row_file_, row, std::move(problem));
    if (auto kept = session_->set_aside(aside); !kept)
        return kept;
    count_set_aside(std::move(aside), report_, reasons_);
    return {};
}

void PlaceTally::outside()
{
    ++report_.read;
    ++report_.outside;
}

Result<ImportReport> PlaceTally::finish()
{
    auto const committed = session_->commit();
    if (!committed)
        return Failure{committed.error()};
    if (committed->gone > 0)
        note(fmt::format("{}: no longer there, and forgotten: {} of what this source told before",
                         report_.files.front(), committed->gone));
    report_.revision = committed->revision;
    report_.reasons.assign(reasons_.begin(), reasons_.end());
    return std::move(report_);
}

}  // namespace riskbild::importers
