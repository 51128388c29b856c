#include "cli/commands/import.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/commands/set_aside.hpp"
#include "geo_core/suggestions.hpp"

namespace riskbild::cli {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kMostRowsShown = 10;
constexpr char const* kUsualProfile = "uppsala";

bool is_there(fs::path const& file)
{
    std::error_code ignored;
    return fs::exists(file, ignored);
}

/// `archive.zip/member.csv` too, where the archive is there.
bool is_there_or_in_an_archive(fs::path const& file)
{
    auto above = file;
    while (!is_there(above) && above.has_parent_path() && above.parent_path() != above)
        above = above.parent_path();
    std::error_code ignored;
    return is_there(above) && (above == file || fs::is_regular_file(above, ignored));
}

/// What can be known to be wrong before a store is made or opened.
Result<void> check_request(Import const& import)
{
    auto const sources = importers::source_names();
    if (std::ranges::find(sources, import.source) == sources.end())
        return fail(ErrorCode::wrong_use, there_is_no("source", import.source, sources), "source");
    for (auto const& file : import.files)
        if (file != "-" && !file.starts_with("PG:") && !is_there_or_in_an_archive(file))
            return fail(ErrorCode::not_found, fmt::format("there is no file {}", file), "file");
    return {};
}

Result<std::optional<Instant>> observed_of(std::string const& text)
{
    if (text.empty())
        return std::optional<Instant>{};
    if (auto const instant = parse_instant(text))
        return instant;
    // A date alone means its beginning in UTC: it only has to put versions in order.
    if (auto const day = parse_date(text))
        return std::optional(Instant(day->time_since_epoch()));
    return fail(
        ErrorCode::wrong_use,
        fmt::format("--observed is \"{}\", expected an instant such as 2025-01-31T12:00:00Z or a date", text),
        "observed");
}

/// A store that was made for an import which then failed is not left behind.
void remove_if_empty(fs::path const& file, std::unique_ptr<Store> store)
{
    auto const revision = store->revision();
    store.reset();
    if (!revision || revision->value() != 0)
        return;
    std::error_code ignored;
    for (auto const* suffix : {"", "-wal", "-shm"})
        fs::remove(file.string() + suffix, ignored);
}

/// What is noted of each file of a folder alike is said once.
std::string text_of_notes(ImportReport const& report)
{
    std::set<std::string_view> const files(report.files.begin(), report.files.end());
    std::map<std::string_view, std::vector<std::string_view>> files_of;  // by what is said of them
    auto const parts = [&](std::string_view note) {
        auto const end = note.find(": ");
        auto const of_a_file = end != std::string_view::npos && files.contains(note.substr(0, end));
        return of_a_file ? std::pair{note.substr(0, end), note.substr(end)}
                         : std::pair{note, note.substr(0, 0)};
    };
    for (auto const& note : report.notes)
        if (auto const [file, said] = parts(note); !said.empty())
            files_of[said].push_back(file);
    std::string text;
    for (auto const& note : report.notes) {
        auto const [first, said] = parts(note);
        auto const alike = said.empty() ? 1 : std::exchange(files_of[said], {}).size();
        if (alike == 1)
            text += fmt::format("note: {}\n", note);
        else if (alike > 1)
            text += fmt::format("note: {} and {} more {}{}\n", first, alike - 1,
                                alike == 2 ? "file" : "files", said);
    }
    return text;
}

std::string text_of(ImportReport const& report, fs::path const& store)
{
    auto text = importers::summary(report) + "\n" + text_of_notes(report);
    for (std::size_t i = 0; i < std::min(kMostRowsShown, report.rows.size()); ++i) {
        auto const& row = report.rows[i];
        text += fmt::format("set aside: {} row {}{}{}: {}\n", one_line(row.file), row.row,
                            row.column.empty() ? "" : ", ", one_line(row.column), one_line(row.message));
    }
    if (report.set_aside > kMostRowsShown)
        text += fmt::format("… and {} more; riskbild set-aside list --store {} lists them\n",
                            report.set_aside - kMostRowsShown, store.string());
    for (auto const& [file, why] : report.not_imported)
        text += fmt::format("not imported: {}{}\n", why.starts_with(file) ? "" : one_line(file) + ": ",
                            one_line(why));
    if (!report.not_imported.empty())
        text += fmt::format(
            "{} of {} files are not imported; the others are. When they are mended, import all again: "
            "what is in already changes nothing\n",
            report.not_imported.size(), report.not_imported.size() + report.files.size());
    return text;
}

/// Of the county that the file is of; empty for the usual one.
std::string county_profile(Import const& import)
{
    auto name = import.profile;
    if (auto const store = open_store(import.store, Store::Access::read_only); name.empty() && store)
        name = (*store)->county()->profile.name;
    return name == kUsualProfile ? std::string{} : name;
}

/// Where no column profile is named and none fits, one can be suggested.
Error with_next_step(Error error, Import const& import)
{
    std::error_code ignored;
    if (import.source != "points" || !import.column_profile.empty() || error.field != "profile-columns" ||
        import.files.size() != 1 || import.files.front() == "-" ||
        fs::is_directory(import.files.front(), ignored))
        return error;
    auto const& file = import.files.front();
    auto const toml = file.starts_with("PG:") ? "profile.toml" : fs::path(file).stem().string() + ".toml";
    auto const county = county_profile(import);
    error.message += fmt::format("; riskbild profile suggest {}{}{} --out {} makes one", in_a_shell(file),
                                 import.layer.empty() ? "" : " --layer " + in_a_shell(import.layer),
                                 county.empty() ? "" : " --profile " + in_a_shell(county), in_a_shell(toml));
    return error;
}

}  // namespace

Result<Profile> named_profile(std::string const& name)
{
    return load_profile(name).map_error([](Error error) {
        error.code = error.code == ErrorCode::not_found ? ErrorCode::wrong_use : error.code;
        return error;
    });
}

Result<std::unique_ptr<Store>> open_or_create(fs::path const& file, std::string const& profile)
{
    if (!is_there(file)) {
        auto const loaded = named_profile(profile.empty() ? kUsualProfile : profile);
        return loaded ? create_store(file, *loaded) : Failure(loaded.error());
    }
    auto store = open_store(file, Store::Access::read_write);
    if (!store)
        return store;
    auto const& name = (*store)->county()->profile.name;
    if (!profile.empty() && profile != name)
        return fail(ErrorCode::wrong_use,
                    fmt::format("the store {} is of the profile {}, not {}; leave out --profile, or name "
                                "another store",
                                file.string(), name, profile),
                    "profile");
    return store;
}

Result<ImportReport> import_with_progress(Store& store, importers::ImportRequest request, Output& output)
{
    request.now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    request.progress = [&output](importers::ImportProgress const& progress) {
        auto const percent = progress.total_bytes == 0 ? 0 : 100 * progress.bytes / progress.total_bytes;
        output.progress(fmt::format("{} ({} of {}): {} rows, {} %", progress.file, progress.file_number,
                                    progress.files, progress.rows, percent));
    };
    auto report = importers::import_files(store, request);
    output.end_progress();
    return report;
}

Result<ImportReport> import_into(fs::path const& file, std::string const& profile,
                                 importers::ImportRequest request, Output& output)
{
    auto const is_new = !is_there(file);
    auto store = open_or_create(file, profile);
    if (!store)
        return Failure(store.error());
    auto report = import_with_progress(**store, std::move(request), output);
    if (!report && is_new)
        remove_if_empty(file, *std::move(store));
    return report;
}

void write_report(server::JsonText& json, ImportReport const& report)
{
    json.field("source", report.source);
    json.field("read", report.read);
    json.field("kept", report.kept());
    json.field("new", report.new_);
    json.field("revised", report.revised);
    json.field("unchanged", report.unchanged);
    json.field("outside", report.outside);
    json.field("set_aside", report.set_aside);
    json.field("context", report.context);
    json.object("reasons", [&] {
        for (auto const& [reason, count] : report.reasons)
            json.field(reason, count);
    });
    write_rows(json, report.rows);
    json.array("files", [&] {
        for (auto const& file : report.files)
            json.value(file);
    });
    json.array("notes", [&] {
        for (auto const& note : report.notes)
            json.value(note);
    });
    json.array("not_imported", [&] {
        for (auto const& not_imported : report.not_imported)
            json.object([&] {
                json.field("file", not_imported.first);
                json.field("message", not_imported.second);
            });
    });
    json.field("revision", report.revision.value());
}

Result<void> Import::operator()(Output& output) const
{
    if (auto const good = check_request(*this); !good)
        return good;
    auto const observed_at = observed_of(observed);
    if (!observed_at)
        return Failure(observed_at.error());
    importers::ImportRequest request;
    request.source = source;
    request.files = files;
    request.column_profile = column_profile;
    request.layer = layer;
    request.swap_positions = swap_positions;
    request.observed = *observed_at;
    request.places = places;
    auto const report = import_into(store, profile, std::move(request), output);
    if (!report)
        return Failure(with_next_step(report.error(), *this));
    server::JsonText json;
    json.object([&] { write_report(json, *report); });
    if (auto const said = output.answer(text_of(*report, store), json); !said || report->not_imported.empty())
        return said;
    // The answer is out already, with every reason; this only decides the exit code.
    return fail(ErrorCode::unreadable, {});
}

}  // namespace riskbild::cli
