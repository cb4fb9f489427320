namespace ChatPS.Client.Files;

/// <summary>What happens to a file that is there already.</summary>
internal enum ExistingFile
{
    /// <summary>It is replaced.</summary>
    Replaced,

    /// <summary>It is kept, and that is an error, since <c>-NoClobber</c> was given.</summary>
    KeptByNoClobber,

    /// <summary>It is kept, and that is an error, since <c>-Force</c> was not given.</summary>
    KeptWithoutForce,

    /// <summary>It is kept, and the result gets another name: the next number that is free.</summary>
    PassedBy,
}
