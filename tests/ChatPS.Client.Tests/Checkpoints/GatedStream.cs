namespace ChatPS.Client.Tests.Checkpoints;

/// <summary>A disk whose flushes can be held up, and that can be full.</summary>
internal sealed class GatedStream(string path) : FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1)
{
    private readonly TaskCompletionSource _waits = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _gate = new(initialState: true);
    private int _held;

    public Task Waits => _waits.Task;

    public int Flushes { get; private set; }

    public bool IsFull { get; set; }

    public void Close(int flushes)
    {
        _held = flushes;
        _gate.Reset();
    }

    public void Open() => _gate.Set();

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (IsFull)
        {
            base.Write(buffer, offset, count / 2);
            throw new IOException("No space left on device");
        }

        base.Write(buffer, offset, count);
    }

    public override void Flush(bool flushToDisk)
    {
        if (_held-- > 0)
        {
            _waits.SetResult();
            Assert.True(_gate.Wait(TimeSpan.FromSeconds(30)));
        }

        Flushes += flushToDisk ? 1 : 0;
        base.Flush(flushToDisk);
    }
}
