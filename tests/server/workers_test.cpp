#include "server/workers.hpp"

#include <future>
#include <stdexcept>

#include <gtest/gtest.h>

namespace riskbild::server {
namespace {

TEST(Workers, WorkThatThrowsCostsNoThread)
{
    Workers workers(1, 8);
    std::promise<void> done;
    ASSERT_TRUE(workers.run([] { throw std::runtime_error("no memory, for one"); }));
    ASSERT_TRUE(workers.run([&] { done.set_value(); }));
    done.get_future().wait();
}

}  // namespace
}  // namespace riskbild::server
