using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Generations;

namespace ChatPS.Client.Tests.Generations;

/// <summary>A family that needs no network: a look at a task is what the test says.</summary>
internal class FakeGenerations(Func<ChatGeneration, int, GenerationState> look) : IGenerationFamily
{
    private readonly Dictionary<string, int> _looks = new(StringComparer.Ordinal);

    public string Service => "Fake";

    public IReadOnlyList<GenerationForm> Forms { get; init; } = [new("")];

    public IReadOnlyList<ActionDescription> Actions { get; init; } = [new("Make", "Makes something.")];

    public TimeSpan Pause { get; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets what was asked for in each call.</summary>
    public List<string[]> Calls { get; } = [];

    public bool IsServedBy(Dialect dialect) => true;

    public Task<GenerationState> SubmitAsync(GenerationRequest request, GenerationCalls calls) => Task.FromResult(new GenerationState { Id = "t1", RawStatus = "queued" });

    public Task<GenerationState> LookAsync(ChatGeneration task, GenerationCalls calls)
    {
        Note([task]);
        return Task.FromResult(State(task));
    }

    protected void Note(IEnumerable<ChatGeneration> tasks)
    {
        lock (_looks)
        {
            Calls.Add([.. tasks.Select(task => task.Id)]);
        }
    }

    protected GenerationState State(ChatGeneration task)
    {
        int number;
        lock (_looks)
        {
            _looks[task.Id] = number = _looks.GetValueOrDefault(task.Id) + 1;
        }

        return look(task, number) with { Id = task.Id };
    }
}

/// <summary>The same, whose tasks are looked at together.</summary>
internal sealed class FakeListedGenerations(Func<ChatGeneration, int, GenerationState> look, int most = 100) : FakeGenerations(look), IGenerationList
{
    public int MostAtOnce(string? form) => most;

    public Task<IReadOnlyList<GenerationState>> LookAsync(IReadOnlyList<ChatGeneration> tasks, GenerationCalls calls)
    {
        Note(tasks);
        return Task.FromResult<IReadOnlyList<GenerationState>>([.. tasks.Select(State)]);
    }
}
