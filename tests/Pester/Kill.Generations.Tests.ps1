BeforeAll {
    . $PSScriptRoot/common.ps1

    # What a runbook does that is killed: each task that it was given goes to a file at once, then what became of it.
    $script = Join-Path $TestDrive 'run.ps1'
    Set-Content $script @'
param($Module, $Uri, $Checkpoint, $Emitted, $Items, $Window, $Act, [switch] $Resubmit)
Import-Module $Module
$env:CHATPS_CONFIG = Join-Path (Split-Path $Checkpoint) config
Connect-ChatService $Uri -Name Test -MaxRetry 0
$file = [IO.StreamWriter]::new($Emitted, $true)
$file.AutoFlush = $true
$with = @{ CheckpointPath = $Checkpoint; ThrottleLimit = $Window; Resubmit = $Resubmit; MaxFailure = 0; ErrorVariable = 'failures'; ErrorAction = 'SilentlyContinue' }
$tasks = if ($Act) {
    $Act -split ',' | Invoke-ChatGenerationAction Upscale1 -Service Midjourney @with | ForEach-Object { $file.WriteLine("task`t$($_.ParentId)`t$($_.Id)"); $_ }
}
else {
    1..$Items | ForEach-Object { "item $_" } | Start-ChatGeneration -Service Midjourney @with | ForEach-Object { $file.WriteLine("task`t$($_.Input)`t$($_.Id)"); $_ }
}
foreach ($failure in $failures) { $file.WriteLine("error`t$($failure.TargetObject)`t$($failure.FullyQualifiedErrorId)`t$($failure.Exception.Message) $($failure.Exception.RecommendedAction)") }
$tasks | Wait-ChatGeneration | ForEach-Object { $file.WriteLine("done`t$($_.Input)`t$($_.Id)`t$($_.Status)") }
$file.Dispose()
'@

    function Start-Run([string[]] $More) {
        $start = New-PowerShellStart (@('-NoProfile', '-NonInteractive', '-File', $script, $ModulePath, $uri, $checkpoint, $emitted, $items, $window) + $More)
        $start.RedirectStandardError = $true
        $start.RedirectStandardOutput = $true
        [Diagnostics.Process]::Start($start)
    }

    # Lets a run go on until something is so, and kills it.
    function Stop-Run([scriptblock] $When, [string[]] $More) {
        $run = Start-Run $More
        try {
            Wait-Until { (& $When) -or $run.HasExited } -TimeoutSec 60
            $run.HasExited | Should -BeFalse -Because 'the run is killed while it is at work'
            $run.Kill()
            $run.WaitForExit()
        }
        finally {
            $run.Dispose()
        }
    }

    # Runs to the end, and gives the lines that were written.
    function Invoke-Run([string[]] $More) {
        $run = Start-Run $More
        try {
            $problems = $run.StandardError.ReadToEnd()
            $run.WaitForExit()
            $problems | Should -BeNullOrEmpty
        }
        finally {
            $run.Dispose()
        }

        Read-Line
    }

    function Read-Line {
        if (Test-Path $emitted) {
            [IO.File]::ReadAllLines($emitted) | ForEach-Object { $kind, $item, $id, $rest = $_ -split "`t"; [pscustomobject]@{ Kind = $kind; Of = $item; Id = $id; Rest = "$rest" } }
            Remove-Item $emitted
        }
    }

    # The prompts, or the ids, that were handed in.
    function Get-Submit([string] $Path = '/mj/submit/imagine', [string] $Member = 'prompt') {
        Get-TestRequest | Where-Object Path -EQ $Path | ForEach-Object { ($_.Body | ConvertFrom-Json).$Member }
    }
}

AfterAll {
    Clear-Test
}

Describe 'A run of tasks that is killed' {
    BeforeEach {
        $folder = (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory).FullName
        $checkpoint = Join-Path $folder 'run.jsonl'
        $emitted = Join-Path $folder 'emitted.txt'
    }

    It 'between handing in and the answer: the task is an error, until -Resubmit hands it in once more' {
        $items = 3
        $window = 1
        Connect-TestSandbox @{ LatencyMs = 60000 }
        $uri = (Get-ChatConnection Test).BaseUri
        Stop-Run { Get-Submit }
        @(Get-Submit) | Should -Be 'item 1'
        Read-Line | Should -BeNullOrEmpty

        Connect-TestSandbox
        $uri = (Get-ChatConnection Test).BaseUri
        $lines = Invoke-Run
        ($lines | Where-Object Kind -EQ error).Of | Should -Be 'item 1'
        ($lines | Where-Object Kind -EQ error).Id | Should -BeLike 'InvalidRequest*'
        ($lines | Where-Object Kind -EQ error).Rest | Should -BeLike '*not known*-Resubmit*'
        ($lines | Where-Object Kind -EQ done).Of | Should -Be 'item 2', 'item 3'
        @(Get-Submit) | Should -Be 'item 2', 'item 3'

        $lines = Invoke-Run '-Resubmit'
        ($lines | Where-Object Kind -EQ done).Of | Sort-Object | Should -Be 'item 1', 'item 2', 'item 3'
        @(Get-Submit) | Should -Be 'item 2', 'item 3', 'item 1'
        $tasks = $lines | Where-Object Kind -EQ task

        $lines = Invoke-Run '-Resubmit'
        ($lines | Where-Object Kind -EQ task).Id | Should -Be $tasks.Id
        @(Get-Submit).Count | Should -Be 3
    }

    It 'after the answers, and while it waits: nothing is handed in again' {
        $items = 4
        $window = 2
        Connect-TestSandbox
        $uri = (Get-ChatConnection Test).BaseUri
        # The first look at a task comes after its answer.
        Stop-Run { @(Get-TestRequest | Where-Object Path -NE '/mj/submit/imagine').Count -gt 0 }
        @(Get-Submit).Count | Should -Be 4
        $before = @(Read-Line | Where-Object Kind -EQ task)

        $lines = Invoke-Run
        ($lines | Where-Object Kind -EQ task).Id | Should -Be $before.Id
        ($lines | Where-Object Kind -EQ done).Rest | Should -Be 'Succeeded', 'Succeeded', 'Succeeded', 'Succeeded'
        $lines | Where-Object Kind -EQ error | Should -BeNullOrEmpty
        @(Get-Submit).Count | Should -Be 4
    }

    It 'again and again, at any moment: each task is handed in once, and no more often than somebody said so' {
        $items = 24
        $window = 4
        $seed = if ($env:CHATPS_SEED) { [int]$env:CHATPS_SEED } else { Get-Random -Maximum 1000000 }
        $random = [Random]::new($seed)
        Connect-TestSandbox @{ LatencyMs = 20 }
        $uri = (Get-ChatConnection Test).BaseUri
        $seen = @{}
        $stopped = 0
        foreach ($kill in 1..6) {
            $target = @(Get-Submit).Count + 1 + $random.Next(4)
            $run = Start-Run
            try {
                while (@(Get-Submit).Count -lt $target -and -not $run.HasExited) {
                    [Threading.Thread]::Sleep(1)
                }

                [Threading.Thread]::Sleep($random.Next(25))
                $stopped += [int](-not $run.HasExited)
                $run.Kill()
                $run.WaitForExit()
            }
            finally {
                $run.Dispose()
            }

            foreach ($line in Read-Line | Where-Object Kind -EQ task) {
                if ($seen.ContainsKey($line.Of)) {
                    $line.Id | Should -Be $seen[$line.Of] -Because "seed $seed; a task that was given once stays"
                }

                $seen[$line.Of] = $line.Id
            }
        }

        $lines = Invoke-Run
        $unknown = @(($lines | Where-Object Kind -EQ error).Of | Where-Object { $_ })
        @(Get-Submit | Group-Object | Where-Object Count -GT 1) | Should -BeNullOrEmpty -Because "seed $seed; nothing is handed in twice by itself"
        @(Get-Submit).Count | Should -BeLessOrEqual $items -Because "seed $seed"
        @($lines | Where-Object Kind -EQ done).Count + $unknown.Count | Should -Be $items -Because "seed $seed; each is a task or an error"
        $unknown | Where-Object { $seen.ContainsKey($_) } | Should -BeNullOrEmpty -Because "seed $seed; what was given is known"
        $stopped | Should -BeGreaterThan 2 -Because "seed $seed; most kills hit a run at work"

        $lines = Invoke-Run '-Resubmit'
        ($lines | Where-Object Kind -EQ done).Of | Sort-Object | Should -Be (1..$items | ForEach-Object { "item $_" } | Sort-Object)
        (Get-Submit | Group-Object | Where-Object Count -GT 1).Name | Where-Object { $_ -notin $unknown } | Should -BeNullOrEmpty -Because "seed $seed"
        foreach ($item in $seen.Keys) {
            ($lines | Where-Object { $_.Kind -eq 'task' -and $_.Of -eq $item }).Id | Should -Be $seen[$item] -Because "seed $seed"
        }
    }

    It 'while buttons are pressed: each is pressed once' {
        $items = 0
        $window = 1
        Connect-TestSandbox
        $uri = (Get-ChatConnection Test).BaseUri
        $parents = ('a fox', 'a hen' | Start-ChatGeneration -Service Midjourney | Wait-ChatGeneration).Id
        Stop-Run { (Test-Path $emitted) -and [IO.FileInfo]::new($emitted).Length -gt 0 } ($parents -join ',')
        $before = @(Read-Line | Where-Object Kind -EQ task)
        $lines = Invoke-Run ($parents -join ',')
        $pressed = @(Get-Submit '/mj/submit/action' taskId)
        @($pressed | Group-Object | Where-Object Count -GT 1) | Should -BeNullOrEmpty
        ($lines | Where-Object Kind -In task, error).Of | Where-Object { $_ } | Sort-Object | Should -Be ($parents | Sort-Object)
        ($lines | Where-Object { $_.Kind -eq 'task' -and $_.Of -eq $before[0].Of }).Id | Should -Be $before[0].Id
    }
}

Describe 'A run of tasks that meets refusals' {
    It 'asks again what was refused, and only that' {
        $checkpoint = Join-Path $TestDrive 'refused.jsonl'
        Connect-TestSandbox @{ Fault = @{ StatusCode = 400; Times = 1 } }
        $prompts = 'a fox', 'a [refuse]', 'a hen'
        $first = $prompts | Start-ChatGeneration -Service Midjourney -CheckpointPath $checkpoint -ThrottleLimit 1 -ErrorAction SilentlyContinue -ErrorVariable failures
        $first.Prompt | Should -Be 'a hen'
        @($failures).Count | Should -Be 2
        $again = $prompts | Start-ChatGeneration -Service Midjourney -CheckpointPath $checkpoint -ThrottleLimit 1 -ErrorAction SilentlyContinue -ErrorVariable failures
        $again.Prompt | Should -Be 'a fox', 'a hen'
        $again[1].Id | Should -Be $first.Id
        @($failures).Count | Should -Be 1
        @(Get-Submit) | Should -Be 'a fox', 'a [refuse]', 'a hen', 'a fox', 'a [refuse]'
    }

    It 'counts tasks of the checkpoint for -MaxGeneration' {
        $checkpoint = Join-Path $TestDrive 'limit.jsonl'
        Connect-TestSandbox
        $null = 'a', 'b' | Start-ChatGeneration -Service Midjourney -CheckpointPath $checkpoint
        $tasks = [Collections.Generic.List[object]]::new()
        $failures = @(Get-Failure { 'a', 'b', 'c', 'd' | Start-ChatGeneration -Service Midjourney -CheckpointPath $checkpoint -MaxGeneration 3 | ForEach-Object { $tasks.Add($_) } })
        $tasks.Prompt | Should -Be 'a', 'b', 'c'
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'BudgetExceeded*'
        @(Get-Submit).Count | Should -Be 3
    }

    It 'is another run where the action has other parameters' {
        $checkpoint = Join-Path $TestDrive 'other.jsonl'
        Connect-TestSandbox
        $null = 'a' | Start-ChatGeneration -Service Midjourney -BotType MID_JOURNEY -CheckpointPath $checkpoint
        $failure = @(Get-Failure { 'a' | Start-ChatGeneration -Service Midjourney -BotType NIJI_JOURNEY -CheckpointPath $checkpoint })[0]
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        $failure.Exception.Message | Should -BeLike '*-CheckpointPath*BotType*'
        $null = 'a' | Start-ChatGeneration -Service Midjourney -BotType NIJI_JOURNEY -CheckpointPath $checkpoint -CheckpointMode Append
        @(Get-Submit).Count | Should -Be 2
    }
}
