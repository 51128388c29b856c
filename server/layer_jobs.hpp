#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "geo_core/result.hpp"
#include "tiles/layer_results.hpp"

namespace riskbild::server {

/// A layer that is being computed without anybody waiting at the door.
struct LayerJob {
    enum class Step : std::uint8_t { waiting, running, done, failed, cancelled };
    std::int64_t id = 0;
    tiles::LayerWish wish;
    Revision revision;  ///< of the data that it is computed from
    Step step = Step::waiting;
    double progress = 0.0;  ///< 0 to 1
    std::optional<Error> error{};
};
[[nodiscard]] std::string_view name_of(LayerJob::Step step);

/// Computes layers that take long, one after another, each with all of the machine. What a job has computed
/// lies with the view's results, from where tiles, legend and tables take it at once. Any thread may ask.
class LayerJobs {
public:
    LayerJobs();
    /// Gives up what is under way.
    ~LayerJobs();

    /// Begins a job, or joins one that computes the same and has not ended.
    /// \return ErrorCode::busy when too many wait
    Result<LayerJob> begin(tiles::LayerWish wish, std::shared_ptr<tiles::LayerResults const> results);
    /// \return ErrorCode::not_found for a job that never was or ended long ago
    Result<LayerJob> state(std::int64_t id) const;
    /// Gives a job up for all who joined it; one that has ended stays as it is. \return ErrorCode::not_found
    Result<LayerJob> cancel(std::int64_t id);

private:
    struct Job {
        LayerJob state;
        std::shared_ptr<tiles::LayerResults const> results;  // let go at the end
        std::atomic<double> progress{0.0};
        std::atomic<bool> give_up{false};
    };
    void work();
    void run(Job& job);
    [[nodiscard]] std::shared_ptr<Job> find(std::int64_t id) const;
    [[nodiscard]] static LayerJob told(Job const& job);

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::shared_ptr<Job>> jobs_;  // oldest first, ended ones too
    std::deque<std::shared_ptr<Job>> waiting_;
    std::int64_t last_id_ = 0;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace riskbild::server
