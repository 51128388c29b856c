#include "server/viewer_files.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

namespace riskbild::server {
namespace {

namespace fs = std::filesystem;

class ViewerFolder : public ::testing::Test {
protected:
    ViewerFolder()
    {
        auto name = (fs::temp_directory_path() / "riskbild-viewer-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
        write("index.html", "<!doctype html><title>Map</title>");
        write("assets/index-a1b2.js", std::string(5000, 'x'));
        write("secret.txt", "outside");
    }
    ~ViewerFolder() override { fs::remove_all(folder_); }

    void write(std::string const& path, std::string const& text) const
    {
        fs::create_directories((folder_ / "dist" / path).parent_path());
        std::ofstream(folder_ / "dist" / path) << text;
    }
    [[nodiscard]] Answer ask(std::string const& path, std::string const& accept = {}) const
    {
        Request request;
        request.path = path;
        request.accept_encoding = accept;
        return ViewerFiles::load(folder_ / "dist").value()(request);
    }
    fs::path folder_;
};

TEST_F(ViewerFolder, KeepsHashedFilesForEverAndAsksForThePageEachTime)
{
    auto const page = ask("/");
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.bytes(), "<!doctype html><title>Map</title>");
    EXPECT_EQ(page.caching, Caching::no_cache);
    auto const script = ask("/assets/index-a1b2.js", "gzip");
    EXPECT_EQ(script.status, 200);
    EXPECT_EQ(script.content_type, "text/javascript; charset=utf-8");
    EXPECT_EQ(script.caching, Caching::immutable_public);
    EXPECT_TRUE(script.gzip);
    EXPECT_LT(script.bytes().size(), 5000U);
}

TEST_F(ViewerFolder, HasNoOtherFilesThanThoseInIt)
{
    fs::create_symlink("/etc/passwd", folder_ / "dist" / "link.txt");
    for (auto const* path :
         {"/link.txt", "/assets", "/assets/", "/index.html/", "//index.html", "/../secret.txt", "/nothing"})
        EXPECT_EQ(ask(path).status, 404) << path;
}

TEST_F(ViewerFolder, ChangesItsTagWithItsBytes)
{
    auto const before = ask("/").etag;
    write("index.html", "<!doctype html><title>Nap</title>");
    EXPECT_NE(ask("/").etag, before);
}

}  // namespace
}  // namespace riskbild::server
