using System.Text.Json;

namespace ChatPS.Sandbox.Tests;

/// <summary>Runs alone, since it counts what is allocated.</summary>
[CollectionDefinition(nameof(LargeFileTests), DisableParallelization = true)]
public sealed class LargeFileCollection;

[Collection(nameof(LargeFileTests))]
public sealed class LargeFileTests : SandboxTest
{
    [Fact]
    public async Task LargeFile_IsNeverWholeInMemory()
    {
        const int size = 96 * 1024 * 1024;
        using MultipartFormDataContent form = new();
        form.Add(new StringContent("user_data"), "purpose");
        form.Add(new StreamContent(new Zeros(size)), "file", "zeros.bin");
        using HttpResponseMessage first = await Client.GetAsync(Address("/v1/models"));
        long before = GC.GetTotalAllocatedBytes(precise: true);

        using HttpResponseMessage response = await Client.PostAsync(Address("/v1/files"), form);
        long used = GC.GetTotalAllocatedBytes(precise: true) - before;

        JsonElement file = Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(size, file.GetProperty("bytes").GetInt64());
        Assert.InRange(used, 0, size / 4);
    }

    /// <summary>A stream of nothing.</summary>
    private sealed class Zeros(long size) : Stream
    {
        private long _rest = size;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = (int)Math.Min(count, _rest);
            Array.Clear(buffer, offset, read);
            _rest -= read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
