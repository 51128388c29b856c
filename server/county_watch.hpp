#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "geo_core/store/store.hpp"
#include "geo_core/view.hpp"
#include "server/layer_jobs.hpp"
#include "tiles/tile_service.hpp"

namespace riskbild::server {

/// Enough of a file to see that it was written, or that another one is in its place.
struct FileStamp {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t written_seconds = 0;
    std::int64_t written_nanoseconds = 0;
    std::int64_t bytes = 0;
    bool operator==(FileStamp const&) const = default;
};

/// One state of a county: what may be seen of it, the layers with the tokens of their tiles, and the store it
/// was read from, for what a view does not hold. Any thread may ask.
class CountyState {
public:
    CountyState(View view, std::vector<tiles::TileLayer> layers, std::unique_ptr<Store> store)
        : view_(std::move(view)), layers_(std::move(layers)), store_(std::move(store))
    {
    }

    [[nodiscard]] View const& view() const { return view_; }
    [[nodiscard]] std::vector<tiles::TileLayer> const& layers() const { return layers_; }
    Result<IncidentDetails> details(IncidentId number) const;
    /// \param id a public id, or else the number that tiles carry
    Result<IncidentDetails> details(std::string const& id) const;
    /// Of the store by now, which may be newer than the view.
    Result<Revision> revision() const;
    /// Lets somebody read the store by now.
    Result<void> read(std::function<Result<void>(Store&)> const& use) const;

private:
    View view_;
    std::vector<tiles::TileLayer> layers_;
    mutable std::mutex mutex_;  // a store is not for several threads at once
    std::unique_ptr<Store> store_;
};

/// What the server answers from: the newest state of one store and its tiles. Looks every so often whether
/// another process has written to the store, or put another file in its place, and moves on; whoever holds an
/// older state finishes on that. Any thread may ask.
class CountyWatch {
public:
    /// Reads the whole county once. \return the store's own errors
    static Result<std::unique_ptr<CountyWatch>> open(std::filesystem::path const& file, Role role,
                                                     tiles::TileServiceOptions const& options,
                                                     std::chrono::milliseconds every);
    ~CountyWatch();

    [[nodiscard]] std::shared_ptr<CountyState const> state() const;
    [[nodiscard]] tiles::TileService& tiles() { return *tiles_; }
    /// Layers being computed for longer than an answer may take.
    [[nodiscard]] LayerJobs& jobs() { return jobs_; }

    /// Opens the store for writing, one writer of this server at a time, and moves on to what was written:
    /// who asks after the answer sees it. \return what `change` says; ErrorCode::busy while another process
    /// writes
    Result<void> write(std::function<Result<void>(Store&)> const& change);
    /// Looks at once instead of in a while.
    void refresh() { move_on_if_changed(); }

    struct Opened;
    explicit CountyWatch(Opened opened);  ///< for `open` only: nobody else has an Opened

private:
    void watch();
    void move_on_if_changed();
    Result<void> look();
    Result<void> move_on(std::unique_ptr<Store> store);

    std::filesystem::path const file_;
    Role const role_;
    std::chrono::milliseconds const every_;
    std::unique_ptr<tiles::TileService> tiles_;
    mutable std::mutex state_mutex_;
    std::shared_ptr<CountyState const> state_;
    LayerJobs jobs_;
    std::mutex write_mutex_;
    std::mutex look_mutex_;    // guards what follows
    FileStamp stamp_;          // of the file when it was last looked into
    bool has_failed_ = false;  // said once in the log, not every second
    std::mutex stop_mutex_;
    std::condition_variable stop_wanted_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace riskbild::server
