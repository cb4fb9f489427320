BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Get-Job | Where-Object PSJobTypeName -EQ ChatJob | Remove-Job -Force
    Clear-Test
}

Describe 'Wait-ChatGeneration' {
    BeforeEach {
        Connect-TestSandbox
    }

    It 'waits for all, and emits them in the order of the input, with item and place' {
        $ended = 'a fox', 'a hen', 'a [fail] cow' | Start-ChatGeneration -Service Midjourney | Wait-ChatGeneration
        $ended | Should -BeOfType ChatPS.ChatGeneration
        $ended.Status | Should -Be 'Succeeded', 'Succeeded', 'Failed'
        $ended.Input | Should -Be 'a fox', 'a hen', 'a [fail] cow'
        $ended.Index | Should -Be 0, 1, 2
        $ended[0].Result[0].Kind | Should -Be 'image'
        $ended[2].FailReason | Should -Not -BeNullOrEmpty
    }

    It 'looks at all in one call' {
        $tasks = [string[]](1..30) | Start-ChatGeneration -Service Midjourney
        $ended = $tasks | Wait-ChatGeneration
        $ended.Id | Should -Be $tasks.Id
        $looks = @(Get-TestRequest | Where-Object Path -Like '*/task/*')
        @($looks.Path | Where-Object { $_ -ne '/mj/task/list-by-condition' }).Count | Should -BeLessOrEqual 1 -Because 'the first task may be there before the others'
        $looks.Count | Should -BeLessOrEqual 10
    }

    It 'waits for ids of a family' {
        $tasks = 'a fox', 'a hen' | Start-ChatGeneration -Service Midjourney
        (Wait-ChatGeneration $tasks.Id -Service Midjourney).Status | Should -Be 'Succeeded', 'Succeeded'
        ($tasks.Id | Wait-ChatGeneration -Service midjourney).Id | Should -Be $tasks.Id
        ([pscustomobject]@{ Id = $tasks[0].Id; Service = 'Midjourney' } | Wait-ChatGeneration).Status | Should -Be 'Succeeded'
        ($tasks[0].Id | Wait-ChatGeneration).Prompt | Should -Be 'a fox' -Because 'the history knows its family'
    }

    It 'takes tasks by position, as it takes ids' {
        $tasks = 'a fox', 'a hen' | Start-ChatGeneration -Service Midjourney
        $ended = Wait-ChatGeneration $tasks
        $ended.Status | Should -Be 'Succeeded', 'Succeeded'
        $ended.Id | Should -Be $tasks.Id
        (Wait-ChatGeneration $tasks[0]).Prompt | Should -Be 'a fox'
        (Get-ChatGeneration $tasks[1]).Prompt | Should -Be 'a hen'
        (Get-ChatGeneration $tasks[1], $tasks[0].Id).Prompt | Should -Be 'a hen', 'a fox'
        (Stop-ChatGeneration $tasks[0] -PassThru -ErrorAction SilentlyContinue -ErrorVariable failures).Id | Should -BeIn $null, $tasks[0].Id
        "$failures" | Should -Not -BeLike '*knows no task*'
        Get-Advice (Get-Failure { Get-ChatGeneration 4711 }) | Should -BeLike "*knows no task '4711'*" -Because 'a number is an id'
    }

    It 'takes $null among others for the error of one item' {
        $ended = Start-ChatGeneration 'a fox' -Service Midjourney | ForEach-Object { $null; $_ } | Wait-ChatGeneration -ErrorAction SilentlyContinue -ErrorVariable failures
        $ended.Prompt | Should -Be 'a fox'
        $failures.Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $failures[0].Exception | Should -BeOfType ChatPS.ChatServiceException
    }

    It 'waits for tasks from a file and from a job' {
        $file = Join-Path $TestDrive tasks.xml
        'a fox', 'a hen' | Start-ChatGeneration -Service Midjourney | Export-Clixml $file
        $ended = Import-Clixml $file | Wait-ChatGeneration
        $ended.Status | Should -Be 'Succeeded', 'Succeeded'
        $ended.Input | Should -Be 'a fox', 'a hen'
        $ended.Index | Should -Be 0, 1
        $ended[0].Connection | Should -Be 'Test'
        $ended[0].SubmittedAt.Offset | Should -Be ([timespan]::Zero)

        $job = 'a cow' | Start-ChatGeneration -Service Midjourney -AsJob | Receive-EndedJob | Wait-ChatGeneration -AsJob
        $job | Should -BeOfType ([Management.Automation.Job])
        ($job | Receive-EndedJob).Status | Should -Be 'Succeeded'
    }

    It 'keeps all that a file of objects has' {
        $file = Join-Path $TestDrive task.xml
        $task = 'a fox' | Start-ChatGeneration -Service Midjourney | Wait-ChatGeneration
        $task | Export-Clixml $file
        $again = Import-Clixml $file | Wait-ChatGeneration
        foreach ($name in 'Id', 'Service', 'Action', 'Status', 'RawStatus', 'Progress', 'Prompt', 'SubmittedAt', 'StartedAt', 'FinishedAt', 'Connection', 'Raw') {
            $again.$name | Should -Be $task.$name -Because $name
        }

        $again.Actions.Name | Should -Be $task.Actions.Name
        $again.Actions.CustomId | Should -Be $task.Actions.CustomId
        $again.Result[0].Url | Should -Be $task.Result[0].Url
        $again.Result[0].SeenAt | Should -Be $task.Result[0].SeenAt
        @(Get-TestRequest).Count | Should -Be 5 -Because 'what is done is not looked at again'
    }

    It 'emits the first that ends with -Any, and waits for no other' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $first = 'a [slow] fox', 'a hen', 'a [slow] cow' | Start-ChatGeneration -Service Midjourney | Wait-ChatGeneration -Any
        $first.Prompt | Should -Be 'a hen'
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 20
    }

    It 'emits tasks as they end with -AsCompleted' {
        ('a [input] fox', 'a hen' | Start-ChatGeneration -Service Midjourney | Wait-ChatGeneration -AsCompleted).Status | Should -Be 'NeedsInput', 'Succeeded'
        ('a hen', 'a [input] fox' | Start-ChatGeneration -Service Midjourney | Wait-ChatGeneration -AsCompleted).Status | Should -Be 'NeedsInput', 'Succeeded'
    }

    It 'tells of each task that is not done when the time is up, and emits the others' {
        $ended = 'a [slow] fox', 'a hen', 'a [slow] cow' | Start-ChatGeneration -Service Midjourney |
            Wait-ChatGeneration -TimeoutSec 3 -ErrorAction SilentlyContinue -ErrorVariable failures
        $ended.Prompt | Should -Be 'a hen'
        $failures.Exception.ErrorId | Should -Be 'Timeout', 'Timeout'
        $failures.TargetObject | Should -BeOfType ChatPS.ChatGeneration
        $failures.TargetObject.Prompt | Should -Be 'a [slow] fox', 'a [slow] cow'
        $failures[0].TargetObject.Progress | Should -BeIn 37, 80
        Get-Advice $failures[0] | Should -BeLike '*is Running at * %*It goes on at the service*Get-ChatGeneration*'
        $failures[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
    }

    It 'claims nothing of a task that nobody saw: <What>' -TestCases @(
        @{ What = 'the service does not know it'; Address = ''; Message = '*Midjourney nosuch*nobody has seen it*the last look failed*' }
        @{ What = 'nobody is there'; Address = 'http://127.0.0.1:9/v1'; Message = '*Midjourney nosuch*nobody has seen it*the last look failed*127.0.0.1:9*' }
    ) {
        $connection = @{}
        if ($Address) {
            Connect-ChatService $Address -ApiKey sk-test-nobody -Name nobody
            $connection = @{ Connection = 'nobody' }
        }
        try {
            'nosuch' | Wait-ChatGeneration -Service Midjourney @connection -MaxRetry 0 -TimeoutSec 2 -ErrorAction SilentlyContinue -ErrorVariable failures
        }
        finally {
            if ($Address) {
                Disconnect-ChatService -Name nobody
            }
        }
        @($failures).Count | Should -Be 1
        $failures[0].Exception.ErrorId | Should -Be 'Timeout'
        Get-Advice $failures[0] | Should -BeLike $Message
        Get-Advice $failures[0] | Should -Not -BeLike '*goes on at the service*'
        Get-Advice $failures[0] | Should -Not -BeLike '*it is NotStarted*'
    }

    It 'ends at once when the pipeline has had enough' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        ('a hen', 'a [slow] fox' | Start-ChatGeneration -Service Midjourney | Wait-ChatGeneration | Select-Object -First 1).Prompt | Should -Be 'a hen'
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 20
    }

    It 'ends within a second or two when it is stopped' {
        $task = 'a [slow] fox' | Start-ChatGeneration -Service Midjourney
        $shell = [powershell]::Create().AddScript("param(`$Task) Import-Module '$ModulePath'; `$Task | Wait-ChatGeneration").AddArgument($task)
        try {
            $running = $shell.BeginInvoke()
            Wait-Until { @(Get-TestRequest | Where-Object Path -Like '*/task/*').Count -gt 0 } -TimeoutSec 30
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $running.IsCompleted | Should -BeTrue
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
        }
        finally {
            $shell.Dispose()
        }
    }

    It 'warns once of a status that is not known, and takes it for running' {
        $ended = 'a [odd] fox', 'an [odd] hen' | Start-ChatGeneration -Service Midjourney | Wait-ChatGeneration -WarningAction SilentlyContinue -WarningVariable warnings
        $ended.Status | Should -Be 'Succeeded', 'Succeeded'
        @($warnings).Count | Should -Be 1
        "$warnings" | Should -BeLike "*'REVIEWING'*counts as running*"
    }

    It 'forgives that a new task is not known yet' {
        ('a [late] fox' | Start-ChatGeneration -Service Midjourney | Wait-ChatGeneration).Status | Should -Be 'Succeeded'
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'what is no task'; Script = { [pscustomobject]@{ Name = 'x' } | Wait-ChatGeneration }; Message = '*is no task*Start-ChatGeneration*' }
        @{ What = 'an id of an unknown family'; Script = { 'x1' | Wait-ChatGeneration }; Message = '*-Service is missing*-Service*' }
        @{ What = 'a family that there is not'; Script = { 'x1' | Wait-ChatGeneration -Service Mydjourney }; Message = "*'Mydjourney'*Midjourney*" }
        @{ What = 'an empty id'; Script = { ' ' | Wait-ChatGeneration -Service Midjourney }; Message = '*id is empty*' }
        @{ What = 'a job'; Script = { 'x' | Invoke-ChatCompletion -AsJob | Wait-ChatGeneration }; Message = '*Receive-Job -Wait*' }
        @{ What = 'a limit that is none'; Script = { 'x' | Wait-ChatGeneration -Service Midjourney -TimeoutSec 0 }; Message = '*-TimeoutSec is 0*' }
        @{ What = '-ListenPort without -Listen'; Script = { 'x' | Wait-ChatGeneration -Service Midjourney -ListenPort 8080 }; Message = '*-Listen*' }
        @{ What = 'a connection that is gone'; Script = { [pscustomobject]@{ Id = 'x'; Service = 'Midjourney'; Connection = 'gone' } | Wait-ChatGeneration }; Message = "*'gone'*" }
    ) {
        $failure = @(Get-Failure $Script)[0]
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        Get-Advice $failure | Should -BeLike $Message
        Get-TestRequest | Where-Object Path -Like '*/mj/*' | Should -BeNullOrEmpty
    }

    It 'listens for services that call back, where it is told to' {
        $lines = 'a fox' | Start-ChatGeneration -Service Midjourney | Wait-ChatGeneration -Listen -Verbose 4>&1
        $lines | Where-Object { $_ -is [Management.Automation.VerboseRecord] } | Select-Object -First 1 | Should -BeLike '*http://127.0.0.1:*'
        ($lines | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] }).Status | Should -Be 'Succeeded'
    }
}
