#include "server/layer_jobs.hpp"

#include <chrono>
#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "tests/support/made_up_county.hpp"

namespace riskbild::server {
namespace {

using namespace std::chrono_literals;

std::atomic<bool> may_end{false};
std::atomic<int> begun{0};

/// A layer that goes on until it may end, or is told to stop.
Result<layers::LayerResult> run_until_told(layers::LayerQuestion const& question)
{
    ++begun;
    while (!may_end) {
        if (question.progress && !question.progress(0.25)) {
            return fail(ErrorCode::busy, "stopped before the end");
        }
        std::this_thread::sleep_for(1ms);
    }
    layers::LayerResult result;
    result.info.n = 7;
    return result;
}

Result<layers::LayerResult> run_wrong(layers::LayerQuestion const&)
{
    return fail(ErrorCode::too_large, "a county of cells is too many", "cell");
}

class Jobs : public ::testing::Test {
protected:
    void SetUp() override
    {
        may_end = false;
        begun = 0;
        slow_.description.name = "slow";
        slow_.description.takes_long = true;
        slow_.run = run_until_told;
        wrong_ = slow_;
        wrong_.description.name = "wrong";
        wrong_.run = run_wrong;
    }
    /// The job as it is once it is no longer in a step, at most ten seconds later.
    LayerJob after(std::int64_t id, LayerJob::Step step)
    {
        auto job = jobs_.state(id).value();
        for (int i = 0; i < 10'000 && job.step == step; ++i) {
            std::this_thread::sleep_for(1ms);
            job = jobs_.state(id).value();
        }
        return job;
    }
    tiles::LayerWish wish(std::string const& kind = {}) const
    {
        tiles::LayerWish made{&slow_, {}, {}};
        if (!kind.empty()) {
            made.filter.kinds = {kind};
        }
        return made;
    }

    layers::Layer slow_, wrong_;
    std::shared_ptr<tiles::LayerResults const> results_ =
        std::make_shared<tiles::LayerResults const>(testing_view());
    LayerJobs jobs_;

private:
    static View testing_view() { return riskbild::testing::made_up_view({}); }
};

TEST_F(Jobs, TellHowFarTheyHaveComeAndLeaveTheirAnswerWithTheResults)
{
    auto const id = jobs_.begin(wish(), results_).value().id;
    auto const running = after(id, LayerJob::Step::waiting);
    EXPECT_EQ(running.step, LayerJob::Step::running);
    for (int i = 0; i < 10'000 && jobs_.state(id)->progress != 0.25; ++i) {
        std::this_thread::sleep_for(1ms);
    }
    EXPECT_EQ(jobs_.state(id)->progress, 0.25);
    auto const meanwhile = results_->get(wish(), {});
    ASSERT_FALSE(meanwhile) << "nobody's thread waits for a job";
    EXPECT_EQ(meanwhile.error().code, ErrorCode::busy);
    may_end = true;
    auto const done = after(id, LayerJob::Step::running);
    EXPECT_EQ(done.step, LayerJob::Step::done);
    EXPECT_EQ(done.progress, 1.0);
    EXPECT_EQ(results_->get(wish(), {}).value()->info.n, 7U);
    EXPECT_EQ(begun, 1) << "what the job has computed is not computed again";
}

TEST_F(Jobs, AreJoinedByWhoAsksForTheSame)
{
    auto const first = jobs_.begin(wish(), results_).value();
    EXPECT_EQ(jobs_.begin(wish(), results_).value().id, first.id);
    EXPECT_NE(jobs_.begin(wish("theft"), results_).value().id, first.id);
}

TEST_F(Jobs, EndWhenCancelledWhetherRunningOrWaiting)
{
    auto const running = jobs_.begin(wish(), results_).value().id;
    after(running, LayerJob::Step::waiting);
    auto const waiting = jobs_.begin(wish("theft"), results_).value().id;
    EXPECT_EQ(jobs_.cancel(waiting).value().step, LayerJob::Step::cancelled);
    ASSERT_TRUE(jobs_.cancel(running));
    EXPECT_EQ(after(running, LayerJob::Step::running).step, LayerJob::Step::cancelled);
    EXPECT_NE(jobs_.begin(wish(), results_).value().id, running) << "a new one begins";
    EXPECT_EQ(begun, 1);
}

TEST_F(Jobs, SayWhyTheyFailed)
{
    auto const id = jobs_.begin({&wrong_, {}, {}}, results_).value().id;
    after(id, LayerJob::Step::waiting);
    auto const failed = after(id, LayerJob::Step::running);
    EXPECT_EQ(failed.step, LayerJob::Step::failed);
    EXPECT_EQ(failed.error->field, "cell");
}

TEST_F(Jobs, AreRefusedWhenTooManyWait)
{
    ASSERT_TRUE(jobs_.begin(wish(), results_));
    Result<LayerJob> last = jobs_.begin(wish("0"), results_);
    int taken = 0;
    while (last && taken < 100) {
        last = jobs_.begin(wish(std::to_string(++taken)), results_);
    }
    ASSERT_FALSE(last);
    EXPECT_EQ(last.error().code, ErrorCode::busy);
    EXPECT_GE(taken, 10);
}

TEST_F(Jobs, ThatNeverWereAreNotFound)
{
    EXPECT_EQ(jobs_.state(77).error().code, ErrorCode::not_found);
    EXPECT_EQ(jobs_.cancel(77).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace riskbild::server
