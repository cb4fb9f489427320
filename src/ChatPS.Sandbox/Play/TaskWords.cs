namespace ChatPS.Sandbox.Play;

/// <summary>The words in a prompt that make a task go another way.</summary>
internal static class TaskWords
{
    /// <summary>The service refuses the task, in its own way.</summary>
    public const string Refuse = "[refuse]";

    /// <summary>The task fails.</summary>
    public const string Fail = "[fail]";

    /// <summary>The task never ends.</summary>
    public const string Slow = "[slow]";

    /// <summary>The task waits for input.</summary>
    public const string Input = "[input]";

    /// <summary>The task is not known at the first look.</summary>
    public const string Late = "[late]";

    /// <summary>The task is forgotten at the third look.</summary>
    public const string Vanish = "[vanish]";

    /// <summary>The task has a status that nobody knows while it runs.</summary>
    public const string Odd = "[odd]";

    /// <summary>The task is done for one look before its address is there.</summary>
    public const string Empty = "[empty]";

    /// <summary>The address that comes first has expired.</summary>
    public const string Expired = "[expired]";

    /// <summary>The request is not run in time; in the metadata of a batch, the batch expires when half of it is done.</summary>
    public const string Expire = "[expire]";

    /// <summary>The request is stopped before it is run; in the metadata of a batch, the batch is stopped when half of it is done.</summary>
    public const string Cancel = "[cancel]";

    /// <summary>The batch says nothing of the request.</summary>
    public const string Lose = "[lose]";

    /// <summary>The line of the result is damaged.</summary>
    public const string Damage = "[damage]";

    /// <summary>The results of the batch are gone when it ends.</summary>
    public const string Archived = "[archived]";

    public static bool Contains(this string prompt, string word) => prompt.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
}
