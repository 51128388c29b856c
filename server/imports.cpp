#include "server/imports.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "geo_core/suggestions.hpp"
#include "importers/dry_run.hpp"
#include "importers/file_guess.hpp"
#include "importers/readers/byte_source.hpp"
#include "server/log.hpp"

namespace riskbild::server {
namespace {

namespace fs = std::filesystem;
using Step = ImportState::Step;

Instant now()
{
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// Ends an import from within: its session is dropped, and nothing of the file stays.
struct GivenUp : std::exception {
    [[nodiscard]] char const* what() const noexcept override { return "the import was given up"; }
};

bool is_file_name(std::string const& name)
{
    return !name.empty() && name.size() <= 200 && name != "." && name != ".." &&
           name.find_first_of("/\\") == std::string::npos;
}

/// What the file seems to be, and of a table how it may be read.
void look_at(ImportState& state, fs::path const& path, LookWish const& wish, County const& county)
{
    state.source = "points";
    state.layer = wish.layer;
    state.suggestion.reset();
    state.no_suggestion.reset();
    auto source = importers::ByteSource::open(path.string());
    if (!source) {
        state.no_suggestion = source.error();
        return;
    }
    auto const known = importers::source_by_content(*source);
    if (known)
        state.source = *known;
    if (state.source == "gtfs" || state.source == "osm")
        return;
    auto suggestion = importers::suggest_profile(
        *source, county, {.layer = wish.layer, .now = now(), .kind_column = wish.kind_column});
    if (suggestion) {
        state.source = known.value_or(suggestion->source);
        state.suggestion = *std::move(suggestion);
        return;
    }
    // The only table that the importer of tables turns away by its columns.
    if (suggestion.error().code == ErrorCode::wrong_use &&
        suggestion.error().message.find("riskbild import police") != std::string::npos)
        state.source = "police";
    else
        state.no_suggestion = suggestion.error();
}

Failure not_here()
{
    return fail(ErrorCode::not_found, "there is no such import; send the file again");
}

}  // namespace

struct Imports::Made {
    fs::path store;
    std::function<void()> changed;
    importers::ScratchFolder folder;
};

Result<std::unique_ptr<Imports>> Imports::make(fs::path store, std::function<void()> changed)
{
    auto folder = importers::ScratchFolder::make();
    if (!folder)
        return Failure(folder.error());
    return std::make_unique<Imports>(Made{std::move(store), std::move(changed), *std::move(folder)});
}

Imports::Imports(Made made)
    : store_(std::move(made.store)), changed_(std::move(made.changed)), folder_(std::move(made.folder))
{
}

Imports::~Imports()
{
    give_up_ = true;
    if (thread_.joinable())
        thread_.join();
}

Result<ImportState> Imports::receive(UploadedFile const& file, std::string const& name, County const& county)
{
    if (!is_file_name(name))
        return fail(ErrorCode::wrong_use, "name is not the name of a file, without folders", "name");
    ImportState state;
    fs::path path;
    {
        std::lock_guard const lock(mutex_);
        if (state_ && state_->step == Step::running)
            return fail(ErrorCode::busy, "another file is being taken in; wait for it, or cancel it");
        forget_file();
        state.id = ++last_id_;
        auto const folder = folder_.path() / std::to_string(state.id);
        std::error_code error;
        fs::create_directory(folder, error);
        path = folder / name;
        if (!error)
            fs::rename(file.path(), path, error);
        if (error)
            return fail(ErrorCode::unwritable, fmt::format("cannot keep what was sent: {}", error.message()));
        path_ = path;
        state.file = name;
        state.bytes = file.size();
        state_ = state;
        looked_at_ = 0;
    }
    look_at(state, path, {}, county);
    std::lock_guard const lock(mutex_);
    if (!state_ || state_->id != state.id)
        return not_here();
    looked_at_ = state.id;
    state.step = state_->step;
    state_ = state;
    return state;
}

Result<ImportState> Imports::look(std::int64_t id, LookWish const& wish, County const& county)
{
    ImportState state;
    fs::path path;
    {
        std::lock_guard const lock(mutex_);
        if (!state_ || state_->id != id)
            return not_here();
        if (state_->step == Step::running)
            return fail(ErrorCode::busy, "the file is being taken in");
        if (looked_at_ != id)
            return fail(ErrorCode::busy, "the file is still being looked at");
        if (path_.empty())
            return fail(ErrorCode::wrong_use, "the file is taken in, or given up; send it again");
        looked_at_ = 0;
        state_->step = Step::waiting;
        state_->dry_run = false;
        state_->progress = {};
        state_->report.reset();
        state_->error.reset();
        state = *state_;
        path = path_;
    }
    auto const seen = [&, this](ImportState const* made) -> Result<ImportState> {
        std::lock_guard const lock(mutex_);
        if (!state_ || state_->id != id)
            return not_here();
        looked_at_ = id;
        if (made != nullptr && state_->step == Step::waiting)
            state_ = *made;
        return *state_;
    };
    try {
        look_at(state, path, wish, county);
    } catch (...) {
        static_cast<void>(seen(nullptr));
        throw;
    }
    return seen(&state);
}

std::optional<ImportState> Imports::last() const
{
    std::lock_guard const lock(mutex_);
    return state_;
}

Result<ImportState> Imports::state(std::int64_t id) const
{
    std::lock_guard const lock(mutex_);
    if (!state_ || state_->id != id)
        return not_here();
    return *state_;
}

Result<ImportState> Imports::run(std::int64_t id, ImportWish wish)
{
    std::lock_guard const lock(mutex_);
    if (!state_ || state_->id != id)
        return not_here();
    if (state_->step == Step::running)
        return fail(ErrorCode::busy, "the file is being taken in");
    if (looked_at_ != id)
        return fail(ErrorCode::busy, "the file is still being looked at");
    if (path_.empty())
        return fail(ErrorCode::wrong_use, "the file is taken in, or given up; send it again");
    auto const names = importers::source_names();
    if (std::ranges::find(names, wish.source) == names.end())
        return fail(ErrorCode::wrong_use, there_is_no("source", wish.source, names), "source");
    if (wish.dry_run && wish.source != "points" && wish.source != "police")
        return fail(ErrorCode::wrong_use, "only points and police events can be tried out", "dry_run");
    if (thread_.joinable())
        thread_.join();
    give_up_ = false;
    state_->step = Step::running;
    state_->source = wish.source;
    state_->dry_run = wish.dry_run;
    state_->progress = {};
    state_->report.reset();
    state_->error.reset();
    thread_ = std::thread([this, wish = std::move(wish)] { take_in(wish); });
    return *state_;
}

Result<ImportState> Imports::cancel(std::int64_t id)
{
    std::lock_guard const lock(mutex_);
    if (!state_ || state_->id != id)
        return not_here();
    give_up_ = true;
    if (state_->step != Step::running) {
        forget_file();
        if (state_->step != Step::done || state_->dry_run)
            state_->step = Step::cancelled;
    }
    return *state_;
}

void Imports::take_in(ImportWish const& wish)
{
    auto report = [&]() -> Result<ImportReport> {
        try {
            return import(wish);
        } catch (GivenUp const&) {
            return fail(ErrorCode::gone, "the import was given up; nothing of the file stays");
        } catch (std::exception const& problem) {
            log_error(fmt::format("an import ended with: {}", problem.what()));
            return fail(ErrorCode::internal, "something unforeseen went wrong; the server's log says what");
        }
    }();
    if (report && !wish.dry_run) {
        log_info(fmt::format("{} took in {} rows of {}", wish.by, report->kept(), state_->file));
        changed_();
    }
    std::lock_guard const lock(mutex_);
    if (report) {
        state_->step = Step::done;
        state_->report = *std::move(report);
    } else {
        state_->step = report.error().code == ErrorCode::gone ? Step::cancelled : Step::failed;
        state_->error = report.error();
    }
    if (state_->step == Step::cancelled || (state_->step == Step::done && !wish.dry_run))
        forget_file();
}

Result<ImportReport> Imports::import(ImportWish const& wish)
{
    auto store = open_store(store_, Store::Access::read_write);
    if (!store)
        return Failure(store.error());
    auto request = request_of(wish);
    if (!request)
        return Failure(request.error());
    if (wish.dry_run)
        request->begin = importers::dry_run(**store);
    request->progress = [this](importers::ImportProgress const& progress) {
        if (give_up_ && !progress.is_in)
            throw GivenUp();
        std::lock_guard const lock(mutex_);
        state_->progress = progress;
    };
    return importers::import_files(**store, *request);
}

Result<importers::ImportRequest> Imports::request_of(ImportWish const& wish)
{
    std::lock_guard const lock(mutex_);
    importers::ImportRequest request;
    request.source = wish.source;
    request.files = {path_.string()};
    request.layer = wish.layer;
    request.observed = wish.observed;
    request.places = wish.places;
    request.swap_positions = wish.swap_positions && wish.source == "points";
    if (wish.source != "points")
        return request;
    request.column_profile = wish.profile;
    auto const keep = [&](importers::ColumnProfile const& profile) {
        auto const file = path_.parent_path() / (profile.name + ".toml");
        std::ofstream(file) << profile.toml;
        request.column_profile = file.string();
    };
    if (wish.own_profile) {
        keep(*wish.own_profile);
    } else if (wish.profile.empty() && state_->suggestion) {
        auto const& suggested = *state_->suggestion;
        auto const profile = importers::with_changes(suggested.toml, suggested.profile.name, wish.changes);
        if (!profile)
            return Failure(profile.error());
        keep(*profile);
    }
    return request;
}

void Imports::forget_file()
{
    std::error_code ignored;
    if (!path_.empty())
        fs::remove_all(path_.parent_path(), ignored);
    path_.clear();
}

}  // namespace riskbild::server
