#include "server/county_watch.hpp"

#include <charconv>
#include <exception>
#include <optional>

#include <fmt/format.h>
#include <sys/stat.h>

#include "server/log.hpp"

namespace riskbild::server {
namespace {

/// All zero when there is no such file.
FileStamp stamp_of(std::filesystem::path const& file)
{
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0)
        return {};
    return {status.st_dev, status.st_ino, status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_size};
}

std::optional<IncidentId> number_of(std::string const& id)
{
    std::int64_t number = 0;
    auto const* const end = id.data() + id.size();
    auto const read = std::from_chars(id.data(), end, number);
    return read.ec == std::errc{} && read.ptr == end ? std::optional(IncidentId{number}) : std::nullopt;
}

}  // namespace

Result<IncidentDetails> CountyState::details(IncidentId number) const
{
    std::lock_guard const lock(mutex_);
    return store_->details(view_, number);
}

Result<IncidentDetails> CountyState::details(std::string const& id) const
{
    std::lock_guard const lock(mutex_);
    auto found = store_->details(view_, id);
    auto const number = number_of(id);
    if (found || found.error().code != ErrorCode::not_found || !number)
        return found;
    return store_->details(view_, *number);
}

Result<Revision> CountyState::revision() const
{
    std::lock_guard const lock(mutex_);
    return store_->revision();
}

Result<void> CountyState::read(std::function<Result<void>(Store&)> const& use) const
{
    std::lock_guard const lock(mutex_);
    return use(*store_);
}

struct CountyWatch::Opened {
    std::filesystem::path file;
    Role role;
    tiles::TileServiceOptions options;
    std::chrono::milliseconds every;
    FileStamp stamp;
    View view;
    std::unique_ptr<Store> store;
};

Result<std::unique_ptr<CountyWatch>> CountyWatch::open(std::filesystem::path const& file, Role role,
                                                       tiles::TileServiceOptions const& options,
                                                       std::chrono::milliseconds every)
{
    auto const stamp = stamp_of(file);
    auto store = open_store(file, Store::Access::read_only);
    if (!store)
        return Failure(store.error());
    auto snapshot = (*store)->snapshot();
    if (!snapshot)
        return Failure(snapshot.error());
    return std::make_unique<CountyWatch>(
        Opened{file, role, options, every, stamp, View(*std::move(snapshot), role), *std::move(store)});
}

CountyWatch::CountyWatch(Opened opened)
    : file_(std::move(opened.file)),
      role_(opened.role),
      every_(opened.every),
      tiles_(std::make_unique<tiles::TileService>(opened.view, std::move(opened.options))),
      state_(std::make_shared<CountyState const>(opened.view, tiles_->layers(), std::move(opened.store))),
      stamp_(opened.stamp),
      thread_([this] { watch(); })
{
}

CountyWatch::~CountyWatch()
{
    {
        std::lock_guard const lock(stop_mutex_);
        stopping_ = true;
    }
    stop_wanted_.notify_all();
    thread_.join();
}

std::shared_ptr<CountyState const> CountyWatch::state() const
{
    std::lock_guard const lock(state_mutex_);
    return state_;
}

void CountyWatch::watch()
{
    std::unique_lock lock(stop_mutex_);
    while (!stop_wanted_.wait_for(lock, every_, [this] { return stopping_; })) {
        lock.unlock();
        move_on_if_changed();
        lock.lock();
    }
}

Result<void> CountyWatch::write(std::function<Result<void>(Store&)> const& change)
{
    std::lock_guard const lock(write_mutex_);
    auto store = open_store(file_, Store::Access::read_write);
    if (!store)
        return Failure(store.error());
    auto changed = change(**store);
    store->reset();
    if (changed)
        move_on_if_changed();  // what is written is written, whether it can be shown or not
    return changed;
}

void CountyWatch::move_on_if_changed()
{
    std::lock_guard const lock(look_mutex_);
    auto const looked = [this]() -> Result<void> {
        try {
            return look();
        } catch (std::exception const& problem) {
            return fail(ErrorCode::internal, problem.what());
        }
    }();
    if (!looked && !has_failed_)
        log_warning(fmt::format("still serving revision {}: {}", state()->view().revision().value(),
                                looked.error().message));
    has_failed_ = !looked;
}

Result<void> CountyWatch::look()
{
    auto const stamp = stamp_of(file_);
    auto const present = state();
    auto const revision = present->revision();
    if (stamp == stamp_ && revision && *revision == present->view().revision())
        return {};
    // Opened anew: what is open may be a file that no longer has this name.
    auto store = open_store(file_, Store::Access::read_only);
    if (!store)
        return Failure(store.error());
    if (auto const moved = move_on(*std::move(store)); !moved)
        return moved;
    stamp_ = stamp;
    return {};
}

Result<void> CountyWatch::move_on(std::unique_ptr<Store> store)
{
    auto view = state()->view();
    auto const is_other = store->county()->epoch != view.county().epoch;
    if (is_other) {
        auto snapshot = store->snapshot();
        if (!snapshot)
            return Failure(snapshot.error());
        view = View(*std::move(snapshot), role_);
        if (auto const moved = tiles_->move_on(view); !moved)
            return moved;
        log_info(fmt::format("moved on to revision {}", view.revision().value()));
    }
    auto next = std::make_shared<CountyState const>(std::move(view), tiles_->layers(), std::move(store));
    std::lock_guard const lock(state_mutex_);
    std::swap(state_, next);
    return {};
}

}  // namespace riskbild::server
