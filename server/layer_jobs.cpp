#include "server/layer_jobs.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace riskbild::server {
namespace {

constexpr std::size_t kMostWaiting = 16;
constexpr std::size_t kKept = 64;

bool has_ended(LayerJob::Step step)
{
    return step != LayerJob::Step::waiting && step != LayerJob::Step::running;
}

}  // namespace

std::string_view name_of(LayerJob::Step step)
{
    switch (step) {
        case LayerJob::Step::waiting:
            return "waiting";
        case LayerJob::Step::running:
            return "running";
        case LayerJob::Step::done:
            return "done";
        case LayerJob::Step::failed:
            return "failed";
        case LayerJob::Step::cancelled:
            return "cancelled";
    }
    return "";
}

LayerJobs::LayerJobs() : thread_([this] { work(); }) {}

LayerJobs::~LayerJobs()
{
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
        for (auto const& job : jobs_)
            job->give_up = true;
    }
    wake_.notify_all();
    thread_.join();
}

Result<LayerJob> LayerJobs::begin(tiles::LayerWish wish, std::shared_ptr<tiles::LayerResults const> results)
{
    std::lock_guard const lock(mutex_);
    auto const name = wish.name();
    for (auto const& job : jobs_)
        if (!has_ended(job->state.step) && !job->give_up && job->results == results &&
            job->state.wish.name() == name)
            return told(*job);
    if (waiting_.size() >= kMostWaiting)
        return fail(ErrorCode::busy,
                    fmt::format("{} computations wait already; ask again in a while", waiting_.size()));
    auto job = std::make_shared<Job>();
    job->state = {.id = ++last_id_, .wish = std::move(wish), .revision = results->view().revision()};
    job->results = std::move(results);
    jobs_.push_back(job);
    waiting_.push_back(job);
    while (jobs_.size() > kKept && has_ended(jobs_.front()->state.step))
        jobs_.pop_front();
    wake_.notify_one();
    return told(*job);
}

Result<LayerJob> LayerJobs::state(std::int64_t id) const
{
    std::lock_guard const lock(mutex_);
    auto const job = find(id);
    if (!job)
        return fail(ErrorCode::not_found, fmt::format("there is no job {}", id), "job");
    return told(*job);
}

Result<LayerJob> LayerJobs::cancel(std::int64_t id)
{
    std::lock_guard const lock(mutex_);
    auto const job = find(id);
    if (!job)
        return fail(ErrorCode::not_found, fmt::format("there is no job {}", id), "job");
    job->give_up = true;
    if (job->state.step == LayerJob::Step::waiting) {
        job->state.step = LayerJob::Step::cancelled;
        job->results.reset();
        std::erase(waiting_, job);
    }
    return told(*job);
}

// \pre the caller holds the lock
std::shared_ptr<LayerJobs::Job> LayerJobs::find(std::int64_t id) const
{
    auto const found = std::ranges::find_if(jobs_, [&](auto const& job) { return job->state.id == id; });
    return found == jobs_.end() ? nullptr : *found;
}

// \pre the caller holds the lock
LayerJob LayerJobs::told(Job const& job)
{
    auto state = job.state;
    state.progress = state.step == LayerJob::Step::done ? 1.0 : job.progress.load();
    return state;
}

void LayerJobs::work()
{
    while (true) {
        std::shared_ptr<Job> job;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
            if (stopping_)
                return;
            job = waiting_.front();
            waiting_.pop_front();
            job->state.step = LayerJob::Step::running;
        }
        run(*job);
    }
}

void LayerJobs::run(Job& job)
{
    auto const answer = job.results->compute(job.state.wish, [&job](double done) {
        job.progress = done;
        return !job.give_up.load();
    });
    std::lock_guard const lock(mutex_);
    if (answer) {
        job.state.step = LayerJob::Step::done;
    } else if (job.give_up) {
        job.state.step = LayerJob::Step::cancelled;
    } else {
        job.state.step = LayerJob::Step::failed;
        job.state.error = answer.error();
    }
    job.results.reset();
}

}  // namespace riskbild::server
