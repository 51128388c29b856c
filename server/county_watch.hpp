#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "geo_core/store/store.hpp"
#include "geo_core/view.hpp"
#include "tiles/tile_service.hpp"

namespace riskbild::server {

/// What the server answers from: the newest view of one store and its tiles. Asks the store for its
/// revision every so often and moves on when another process has written to it; whoever holds an older
/// view finishes on that. Any thread may ask.
class CountyWatch {
public:
    /// Reads the whole county once. \return the store's own errors
    static Result<std::unique_ptr<CountyWatch>> open(std::filesystem::path const& file, Role role,
                                                     tiles::TileServiceOptions const& options,
                                                     std::chrono::milliseconds every);
    ~CountyWatch();

    [[nodiscard]] View view() const;
    [[nodiscard]] tiles::TileService& tiles() { return *tiles_; }
    /// \param id a public id, or the number that tiles carry
    Result<IncidentDetails> details(View const& view, std::string const& id);

    struct Opened;
    explicit CountyWatch(Opened opened);  ///< for `open` only: nobody else has an Opened

private:
    void watch();
    void move_on_if_changed();

    std::filesystem::path const file_;
    Role const role_;
    std::chrono::milliseconds const every_;
    std::unique_ptr<Store> watched_;  // used by the watching thread only
    std::uint64_t watched_inode_ = 0;
    std::mutex asked_mutex_;  // a store is not for several threads at once
    std::unique_ptr<Store> asked_;
    mutable std::mutex view_mutex_;
    View view_;
    std::unique_ptr<tiles::TileService> tiles_;
    bool has_failed_ = false;  // said once in the log, not every second
    std::mutex stop_mutex_;
    std::condition_variable stop_wanted_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace riskbild::server
