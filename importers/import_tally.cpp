#include "importers/import_tally.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "geo_core/text.hpp"

namespace riskbild::importers {
namespace {

constexpr std::size_t kListedRows = 1000;  // ImportReport::rows
constexpr std::uint64_t kManyQuotes = 20;

}  // namespace

ImportTally::ImportTally(ImportSession& session, std::string source, std::string file)
    : session_(&session), worker_([this](Row& row) { return write(row); })
{
    report_.source = std::move(source);
    report_.files.push_back(std::move(file));
}

Result<void> ImportTally::take(Report report, std::uint64_t row, std::string id_column)
{
    rows_hash_ += row_hash(report.payload).low;
    return worker_.push({row, Told{std::move(report), std::move(id_column)}});
}

Result<void> ImportTally::set_aside(std::uint64_t row, RowProblem problem)
{
    rows_hash_ += row_hash(problem.payload).low;
    return worker_.push({row, std::move(problem)});
}

Result<void> ImportTally::outside()
{
    return worker_.push({0, Outside{}});
}

Result<void> ImportTally::write(Row& row)
{
    if (auto const* const told = std::get_if<Told>(&row.content))
        return write(*told, row.number);
    if (auto* const problem = std::get_if<RowProblem>(&row.content))
        return write(std::move(*problem), row.number);
    ++report_.read;
    ++report_.outside;
    return {};
}

Result<void> ImportTally::write(Told const& told, std::uint64_t row)
{
    auto const& report = told.report;
    auto const taken = session_->take(report);
    if (!taken && taken.error().code == ErrorCode::wrong_use)
        return write(
            {.column = {}, .reason = "refused", .message = taken.error().message, .payload = report.payload},
            row);
    if (!taken)
        return Failure{taken.error()};
    if (*taken == Taken::duplicate_id)
        return write(duplicate_id(report.key.source_id, told.id_column, report.payload), row);
    ++report_.read;
    if (!report.case_number.empty())
        case_numbers_.quote(report.case_number);
    switch (*taken) {
        case Taken::new_:
            ++report_.new_;
            break;
        case Taken::contested:
            ++contested_;
            [[fallthrough]];
        case Taken::revised:
            ++report_.revised;
            break;
        default:
            ++report_.unchanged;
            return {};
    }
    if (report.role == ReportRole::context)
        ++report_.context;
    return {};
}

Result<void> ImportTally::write(RowProblem problem, std::uint64_t row)
{
    auto aside = as_set_aside(report_.source, report_.files.front(), row, std::move(problem));
    if (auto kept = session_->set_aside(aside); !kept)
        return kept;
    count_set_aside(std::move(aside), report_, reasons_);
    return {};
}

void ImportTally::note_case_numbers()
{
    constexpr std::size_t kListed = 20;
    auto const& file = report_.files.front();
    std::size_t listed = 0;
    for (auto const& [number, count] : case_numbers_.often()) {
        if (++listed > kListed)
            break;
        note(fmt::format("{}: the case number \"{}\" is quoted by {}, which makes them one incident", file,
                         number, rows_text(count)));
    }
    if (auto const all = case_numbers_.often().size(); all > kListed)
        note(fmt::format("{}: and {} more case numbers are quoted by more than {} rows each", file,
                         all - kListed, kManyQuotes));
}

Result<void> ImportTally::refuse_rows_told_before()
{
    auto const before = session_->same_rows(rows_hash_);
    if (!before)
        return Failure{before.error()};
    constexpr std::uint64_t kFewestToTell = 10;
    auto const here = report_.read - report_.outside;
    if (!*before || here < kFewestToTell || (*before)->in_store + report_.new_ <= here)
        return {};
    auto const twice = (*before)->in_store + report_.new_ - here;
    return fail(
        ErrorCode::wrong_use,
        fmt::format("{}: its rows are in the store already, from the file {} of the source {} ({}); "
                    "at least {} of {} would be there twice: import it as that source, with the same columns "
                    "as ids, or all files into a new store if those were the wrong ones",
                    report_.files.front(), (*before)->file, (*before)->source,
                    to_text((*before)->at).substr(0, 10), twice, here),
        "profile-columns");
}

Result<ImportReport> ImportTally::finish(ToldBefore told_before)
{
    if (auto written = worker_.finish(); !written)
        return Failure{written.error()};
    if (told_before == ToldBefore::refused)
        if (auto const others = refuse_rows_told_before(); !others)
            return Failure{others.error()};
    note_case_numbers();
    if (contested_ > 0)
        note(fmt::format(
            "{}: {} stored already with other content said to be of the very same moment: nothing tells "
            "which is newer, so the former may stay the one shown; a later --observed decides",
            report_.files.front(), contested_ == 1 ? "1 row is" : rows_text(contested_) + " are"));
    constexpr std::uint64_t kEnoughToTell = 10;
    if (report_.set_aside >= kEnoughToTell && 10 * report_.set_aside >= 9 * report_.read)
        note(fmt::format("{}: {} of {} rows cannot be used: is it the right file and the right county?",
                         report_.files.front(), report_.set_aside, report_.read));
    if (auto const settled = session_->settled_before(); settled > 0)
        note(fmt::format("{}: {} of those set aside {} been settled on the desk before, and {} so",
                         report_.files.front(), rows_text(settled), settled == 1 ? "has" : "have",
                         settled == 1 ? "stays" : "stay"));
    report_.notes = std::move(notes_);
    report_.reasons.assign(reasons_.begin(), reasons_.end());
    if (auto const noted = session_->note(report_, rows_hash_); !noted)
        return Failure{noted.error()};
    auto const revision = session_->commit();
    if (!revision)
        return Failure{revision.error()};
    report_.revision = *revision;
    return std::move(report_);
}

RowProblem duplicate_id(std::string_view id, std::string_view id_column, std::string payload)
{
    return {.column = std::string{id_column},
            .reason = "duplicate_id",
            .message = fmt::format("the id \"{}\" is in this file with other content already", id),
            .payload = std::move(payload)};
}

void CaseNumbers::quote(std::string const& number)
{
    auto const count = ++quoted_[row_hash(number).low];
    if (count > kManyQuotes)
        often_[shortened(number)] = count;
}

bool SeenIds::agree(std::string_view id, std::string_view content)
{
    auto const hash = row_hash(content);
    return content_of_.try_emplace(row_hash(id), hash).first->second == hash;
}

SetAside as_set_aside(std::string const& source, std::string const& file, std::uint64_t row,
                      RowProblem problem)
{
    return {.source = source,
            .file = file,
            .row = row,
            .column = std::move(problem.column),
            .reason = std::move(problem.reason),
            .message = std::move(problem.message),
            .payload = std::move(problem.payload)};
}

void count_set_aside(SetAside row, ImportReport& report, std::map<std::string, std::uint64_t>& reasons)
{
    ++report.read;
    ++report.set_aside;
    ++reasons[row.reason];
    if (report.rows.size() < kListedRows)
        report.rows.push_back(std::move(row));
}

std::string rows_text(std::uint64_t count)
{
    return fmt::format("{} {}", count, count == 1 ? "row" : "rows");
}

std::string imported_before(std::size_t files)
{
    return fmt::format("; the {} before it {} imported", files == 1 ? "file" : fmt::format("{} files", files),
                       files == 1 ? "is" : "are");
}

void add(ImportReport& whole, ImportReport part)
{
    whole.read += part.read;
    whole.new_ += part.new_;
    whole.revised += part.revised;
    whole.unchanged += part.unchanged;
    whole.outside += part.outside;
    whole.set_aside += part.set_aside;
    whole.context += part.context;
    whole.revision = std::max(whole.revision, part.revision);
    std::map<std::string, std::uint64_t> reasons(whole.reasons.begin(), whole.reasons.end());
    for (auto const& [reason, count] : part.reasons)
        reasons[reason] += count;
    whole.reasons.assign(reasons.begin(), reasons.end());
    std::move(part.files.begin(), part.files.end(), std::back_inserter(whole.files));
    std::move(part.notes.begin(), part.notes.end(), std::back_inserter(whole.notes));
    auto const room = kListedRows - std::min(kListedRows, whole.rows.size());
    auto const wanted = static_cast<std::ptrdiff_t>(std::min(room, part.rows.size()));
    std::move(part.rows.begin(), part.rows.begin() + wanted, std::back_inserter(whole.rows));
    whole.source = whole.source.empty() || whole.source == part.source ? part.source : std::string{"points"};
}

}  // namespace riskbild::importers
