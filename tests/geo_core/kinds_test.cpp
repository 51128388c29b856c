#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "geo_core/kinds.hpp"
#include "geo_core/profile.hpp"

namespace riskbild {
namespace {

Result<KindTree> tree_of(std::string const& rows)
{
    return KindTree::from_toml("kind = [ {code='unknown', sv='Okänt', en='Unknown'},\n" + rows + "]",
                               "kinds.toml");
}

KindTree shipped()
{
    std::ifstream in{data_directory() / "kinds" / "kinds.toml"};
    std::ostringstream text;
    text << in.rdbuf();
    return KindTree::from_toml(text.str(), "kinds.toml").value();
}

TEST(KindTree, ANodeAndAllBelowItAreOneRange)
{
    auto const tree = shipped();
    for (std::uint16_t i = 0; i < tree.kinds().size(); ++i) {
        bool left = false;
        for (auto j = static_cast<std::uint16_t>(i + 1); j < tree.kinds().size(); ++j) {
            auto const below = tree.within(KindId{j}, KindId{i});
            EXPECT_FALSE(left && below) << tree[KindId{j}].code;
            left = left || !below;
        }
    }
}

TEST(KindTree, InheritsProtectionAndGroup)
{
    auto const tree =
        tree_of("{code='sexual', sv='S', en='S', protected=true}, {code='sexual.rape', sv='V', en='R'}")
            .value();
    auto const rape = tree.by_code("sexual.rape").value();
    EXPECT_TRUE(tree[rape].is_protected);
    EXPECT_EQ(tree[rape].group, tree.by_code("sexual").value());
}

TEST(KindTree, DoesNotTakeALongerWordForAChild)
{
    auto const tree = tree_of("{code='theft', sv='S', en='T'}, {code='theft_aid', sv='S', en='T'}").value();
    EXPECT_FALSE(tree.within(tree.by_code("theft_aid").value(), tree.by_code("theft").value()));
}

TEST(KindTree, UnknownIsAlwaysFirst)
{
    EXPECT_EQ(shipped().by_code("unknown"), kUnknownKind);
    EXPECT_FALSE(shipped().by_code("no.such.kind"));
}

TEST(KindTree, ShippedTreeProtectsSexualOffences)
{
    auto const tree = shipped();
    EXPECT_TRUE(tree[tree.by_code("sexual").value()].is_protected);
    EXPECT_FALSE(tree[tree.by_code("burglary").value()].is_protected);
}

TEST(KindTree, SaysLineAndReason)
{
    auto const message = [](Result<KindTree> const& tree) {
        return tree ? "no error" : tree.error().message;
    };
    EXPECT_EQ(message(tree_of("{code='Theft', sv='S', en='T'}")),
              "kinds.toml line 2: code \"Theft\" must be of a–z, 0–9 and _, parts joined by dots");
    EXPECT_EQ(message(tree_of("{code='theft', sv='S'}")),
              "kinds.toml line 2: kind theft lacks its name in sv or en");
    EXPECT_EQ(message(tree_of("{code='theft.bicycle', sv='S', en='T'}")),
              "kinds.toml: kind theft.bicycle has no parent theft");
    EXPECT_EQ(message(tree_of("{code='a', sv='S', en='T'}, {code='a', sv='S', en='T'}")),
              "kinds.toml: kind a is there twice");
    EXPECT_EQ(message(KindTree::from_toml("kind = []", "kinds.toml")),
              "kinds.toml: the kind \"unknown\" is missing");
    EXPECT_EQ(message(KindTree::from_toml("kind = [", "kinds.toml")).substr(0, 18), "kinds.toml line 1:");
}

}  // namespace
}  // namespace riskbild
