# A gateway that serves everything behind one key: each entry of its table of contents that is a task, from the prompt to what was made.
BeforeAll {
    . $PSScriptRoot/common.ps1
    $one = (New-TestFile (Join-Path $TestDrive 'one.png') png).FullName
    $two = (New-TestFile (Join-Path $TestDrive 'two.png') png).FullName

    # What was asked, but for the looks at tasks.
    function Get-Path {
        (Get-TestRequest | Where-Object { $_.Path -notmatch '/fetch|/results/|list-by-condition' }).Path
    }
}

AfterAll {
    Clear-Test
}

Describe 'Midjourney at a gateway' {
    BeforeEach {
        Connect-TestSandbox @{ RequireKey = 'sk-test-gateway' } @{ ApiKey = 'sk-test-gateway' }
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
    }

    It 'imagines' {
        $task = Start-ChatGeneration 'a fox' -Service Midjourney | Wait-ChatGeneration
        $task.Status | Should -Be 'Succeeded'
        $task.Actions.Name | Should -Contain 'Upscale1'
        $saved = $task | Receive-ChatGeneration $folder
        $saved.MediaType | Should -Be 'image/png'
        Get-Path | Should -Be '/mj/submit/imagine'
    }

    It 'acts on a finished task' {
        $grid = Start-ChatGeneration 'a fox' -Service Midjourney | Wait-ChatGeneration
        $task = $grid | Invoke-ChatGenerationAction -Action Upscale1 | Wait-ChatGeneration
        $task.Status | Should -Be 'Succeeded'
        $task.ParentId | Should -Be $grid.Id
        Get-Path | Should -Be '/mj/submit/imagine', '/mj/submit/action'
    }

    It 'blends' {
        $task = , ($one, $two) | Start-ChatGeneration -Service Midjourney -Action Blend | Wait-ChatGeneration
        $task.Result.Kind | Should -Be 'image'
        Get-Path | Should -Be '/mj/submit/blend'
    }

    It 'describes' {
        $task = $one | Start-ChatGeneration -Service Midjourney -Action Describe | Wait-ChatGeneration
        $task.Text | Should -BeLike '*a picture of bars*'
        Get-Path | Should -Be '/mj/submit/describe'
    }

    It 'gives what a task waits for' {
        $task = Start-ChatGeneration 'a fox' -Service Midjourney | Wait-ChatGeneration |
            Invoke-ChatGenerationAction -Action Upscale1 | Wait-ChatGeneration |
            Invoke-ChatGenerationAction -Action CustomZoom | Wait-ChatGeneration
        $task.Status | Should -Be 'NeedsInput'
        $done = $task | Invoke-ChatGenerationAction -Action Modal -Prompt 'a fox --zoom 1.8' | Wait-ChatGeneration
        $done.Status | Should -Be 'Succeeded'
        (Get-Path)[-1] | Should -Be '/mj/submit/modal'
    }

    It 'swaps faces' {
        $task = $two | Start-ChatGeneration -Service Midjourney -Action SwapFace -Source $one | Wait-ChatGeneration
        $task.Result.Kind | Should -Be 'image'
        Get-Path | Should -Be '/mj/insight-face/swap'
    }

    It 'tells of one task' {
        $task = Start-ChatGeneration 'a fox' -Service Midjourney
        $found = Get-ChatGeneration $task.Id -Service Midjourney
        $found.Id | Should -Be $task.Id
        $found.Prompt | Should -Be 'a fox'
        (Get-ChatSandboxRequest -Name Test -Last 1).Path | Should -Be "/mj/task/$($task.Id)/fetch"
    }

    It 'tells of many tasks in one request' {
        $tasks = 'a', 'b', 'c' | Start-ChatGeneration -Service Midjourney
        $before = @(Get-TestRequest).Count
        ($tasks | Get-ChatGeneration).Id | Should -Be $tasks.Id
        @(Get-TestRequest).Count | Should -Be ($before + 1)
        (Get-ChatSandboxRequest -Name Test -Last 1).Path | Should -Be '/mj/task/list-by-condition'
        (Get-TestBody).ids | Should -Be $tasks.Id
    }

    It 'tells the seed of a picture' {
        $task = Start-ChatGeneration 'a fox' -Service Midjourney | Wait-ChatGeneration
        ($task | Invoke-ChatGenerationAction -Action Seed).Text | Should -Match '^\d+$'
        (Get-Path)[-1] | Should -Be "/mj/task/$($task.Id)/image-seed"
    }

    It 'uploads to Discord' {
        $task = , ($one, $two) | Start-ChatGeneration -Service Midjourney -Action Upload
        $task.Status | Should -Be 'Succeeded'
        @($task.Result.Url).Count | Should -Be 2
        Get-Path | Should -Be '/mj/submit/upload-discord-images'
    }
}

Describe 'Songs at a gateway' {
    BeforeEach {
        Connect-TestSandbox
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
    }

    It 'makes a song' {
        $saved = Start-ChatGeneration 'a song about a fox' -Service Suno | Wait-ChatGeneration | Receive-ChatGeneration $folder
        $saved.Kind | Should -Contain 'audio'
        (Get-TestRequest)[0].Path | Should -Be '/suno/submit/music'
    }

    It 'writes words' {
        $task = Start-ChatGeneration 'a fox' -Service Suno -Action Lyrics | Wait-ChatGeneration
        $task.Text | Should -Not -BeNullOrEmpty
        (Get-TestRequest)[0].Path | Should -Be '/suno/submit/lyrics'
    }

    It 'tells of a task' {
        $task = Start-ChatGeneration 'a song about a fox' -Service Suno
        (Get-ChatGeneration $task.Id -Service Suno).Id | Should -Be $task.Id
        (Get-ChatSandboxRequest -Name Test -Last 1).Path | Should -BeLike '/suno/fetch*'
    }
}

Describe 'Video from text at a gateway' {
    It 'is made by <Service>' -ForEach @(
        @{ Service = 'Zhipu'; With = @{ Model = 'cogvideox-3' } }
        @{ Service = 'Luma'; With = @{} }
        @{ Service = 'Runway'; With = @{ Model = 'gen4.5' } }
    ) {
        Connect-TestSandbox
        $task = Start-ChatGeneration 'a fox runs through snow' -Service $Service @With | Wait-ChatGeneration
        $task.Status | Should -Be 'Succeeded'
        $task.Result[0].Kind | Should -Be 'video'
        $saved = $task | Receive-ChatGeneration (Join-Path $TestDrive ([guid]::NewGuid()))
        @($saved)[0].MediaType | Should -Be 'video/mp4'
    }
}

Describe 'The fields of a chat at a second gateway' {
    It 'are all sent, and one that has no parameter under its own name' {
        Connect-TestSandbox
        $answer = Invoke-ChatCompletion 'Hello' -Temperature 0.5 -TopP 0.9 -N 2 -Stop '#' -MaxTokens 50 -PresencePenalty 0.1 -FrequencyPenalty 0.1 -LogitBias @{ 50256 = -100 } -User tester -ResponseFormat text -Tool @{ type = 'function'; function = @{ name = 'lookup'; parameters = @{ type = 'object' } } } -ToolChoice none -AdditionalBody @{ seen = 7 }
        @($answer.Choices).Count | Should -Be 2
        $sent = (Get-TestBody).psobject.Properties.Name
        'model', 'messages', 'temperature', 'top_p', 'n', 'stop', 'max_tokens', 'presence_penalty', 'frequency_penalty', 'logit_bias', 'user', 'response_format', 'tools', 'tool_choice', 'seen' | Where-Object { $_ -notin $sent } | Should -BeNullOrEmpty
        (Get-TestBody).seen | Should -Be 7
    }

    It 'stream, too' {
        Connect-TestSandbox
        (@(Invoke-ChatCompletion 'Hello' -Stream)[-1]).Completion.Text | Should -Be 'You said: Hello'
        (Get-TestBody).stream | Should -BeTrue
    }
}
