#include "server/county_watch.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>
#include <sys/stat.h>

#include "server/log.hpp"

namespace riskbild::server {
namespace {

/// 0 when there is no such file.
std::uint64_t inode_of(std::filesystem::path const& file)
{
    struct stat status {};
    return ::stat(file.c_str(), &status) == 0 ? status.st_ino : 0;
}

}  // namespace

struct CountyWatch::Opened {
    std::filesystem::path file;
    Role role;
    tiles::TileServiceOptions options;
    std::chrono::milliseconds every;
    std::unique_ptr<Store> watched;
    std::unique_ptr<Store> asked;
    std::uint64_t inode;
    View view;
};

Result<std::unique_ptr<CountyWatch>> CountyWatch::open(std::filesystem::path const& file, Role role,
                                                       tiles::TileServiceOptions const& options,
                                                       std::chrono::milliseconds every)
{
    auto const inode = inode_of(file);
    auto watched = open_store(file, Store::Access::read_only);
    if (!watched)
        return Failure(watched.error());
    auto asked = open_store(file, Store::Access::read_only);
    if (!asked)
        return Failure(asked.error());
    auto snapshot = (*watched)->snapshot();
    if (!snapshot)
        return Failure(snapshot.error());
    return std::make_unique<CountyWatch>(Opened{file, role, options, every, *std::move(watched),
                                                *std::move(asked), inode, View(*std::move(snapshot), role)});
}

CountyWatch::CountyWatch(Opened opened)
    : file_(std::move(opened.file)),
      role_(opened.role),
      every_(opened.every),
      watched_(std::move(opened.watched)),
      watched_inode_(opened.inode),
      asked_(std::move(opened.asked)),
      view_(opened.view),
      tiles_(std::make_unique<tiles::TileService>(opened.view, opened.options)),
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

View CountyWatch::view() const
{
    std::lock_guard const lock(view_mutex_);
    return view_;
}

Result<IncidentDetails> CountyWatch::details(View const& view, std::string const& id)
{
    std::int64_t number = 0;
    auto const* const end = id.data() + id.size();
    auto const read = std::from_chars(id.data(), end, number);
    auto const is_number = read.ec == std::errc{} && read.ptr == end;
    std::lock_guard const lock(asked_mutex_);
    return is_number ? asked_->details(view, IncidentId{number}) : asked_->details(view, id);
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

void CountyWatch::move_on_if_changed()
{
    auto const problem = [this](Error const& error) {
        if (!std::exchange(has_failed_, true))
            log_warning(
                fmt::format("still serving revision {}: {}", view().revision().value(), error.message));
    };
    // Another file in the store's place (restored from a copy) is another store: open it anew.
    auto const inode = inode_of(file_);
    auto const is_replaced = inode != 0 && inode != watched_inode_;
    if (is_replaced) {
        auto watched = open_store(file_, Store::Access::read_only);
        auto asked = open_store(file_, Store::Access::read_only);
        if (!watched || !asked)
            return problem(!watched ? watched.error() : asked.error());
        watched_ = *std::move(watched);
        std::lock_guard const lock(asked_mutex_);
        asked_ = *std::move(asked);
    }
    auto const revision = watched_->revision();
    if (!revision)
        return problem(revision.error());
    if (!is_replaced && *revision == view().revision())
        return;
    auto snapshot = watched_->snapshot();
    if (!snapshot)
        return problem(snapshot.error());
    auto newer = View(*std::move(snapshot), role_);
    tiles_->move_on(newer);
    {
        std::lock_guard const lock(view_mutex_);
        view_ = newer;
    }
    watched_inode_ = inode;
    has_failed_ = false;
    log_info(fmt::format("moved on to revision {}", newer.revision().value()));
}

}  // namespace riskbild::server
