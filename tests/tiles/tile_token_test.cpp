#include "tiles/tile_token.hpp"

#include <gtest/gtest.h>

namespace riskbild::tiles {
namespace {

TEST(TileToken, ComesBackFromItsText)
{
    auto const token = make_token("a1-B_2", 1234567890);
    EXPECT_EQ(to_text(token), "a1-B_2.1234567890." + std::to_string(kRendererVersion));
    EXPECT_EQ(parse_token(to_text(token)), token);
}

TEST(TileToken, IsSafeInAPath)
{
    EXPECT_EQ(make_token("a/b.c?å", 1).epoch, "a-b-c---");
}

TEST(TileToken, OtherFormsAreRefused)
{
    for (auto const* const text : {"", "a", "a.1", "a.1.", "a..1", "a.01.1", "a.-1.1", "a.1.1.1", "a.1.x",
                                   "a b.1.1", "a.1234567890123456.1", "a.+1.1", "å.1.1"}) {
        EXPECT_FALSE(parse_token(text)) << text;
    }
}

}  // namespace
}  // namespace riskbild::tiles
