using ChatPS.Client.Connections;
using ChatPS.Scheduling;

namespace ChatPS.Tests;

public sealed class MovingBytesTests
{
    private const long Megabyte = 1024 * 1024;

    [Fact]
    public void Describe_NothingLarge_IsSilent() => Assert.Equal("", MovingBytes.Describe([null, new CallWatch(), Moving(5, 5, isUpload: true)]));

    [Fact]
    public void Describe_SeveralItems_AreAddedUp() => Assert.Equal(
        ", 3.5 of 30.0 MB sent, 1.0 MB received",
        MovingBytes.Describe([Moving(Megabyte, 20 * Megabyte, isUpload: true), Moving(5 * Megabyte / 2, 10 * Megabyte, isUpload: true), Moving(Megabyte, null, isUpload: false)]));

    private static CallWatch Moving(long bytes, long? total, bool isUpload)
    {
        CallWatch watch = new();
        watch.Moves(new CallTransfer(bytes, total, isUpload));
        return watch;
    }
}
